import type { APIUser } from "discord-api-types/v10";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import {
  badName,
  missingPermissions,
  notInTextChannel,
  threadArchived,
  threadLocked,
  wrongChannelType,
} from "../errors.ts";
import { channel } from "../state/channels.ts";
import { hasPermission } from "../state/permissions.ts";
import type { Thread } from "../state/thread.ts";
import type { World } from "../state/world.ts";

const MAX_NAME_LENGTH = 100;

/**
 * Checks the name of a new or changed thread, and returns it as Discord stores it.
 * @throws DiscordError 50035
 */
export function threadName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length >= 1 && trimmed.length <= MAX_NAME_LENGTH) return trimmed;
  throw badName();
}

export function managesThreads(world: World, userId: string, channelId: string): boolean {
  return hasPermission(world, { userId, channelId }, PermissionFlagsBits.ManageThreads);
}

/**
 * Checks the type of the channel in which a user creates a thread, and the permission for it.
 * @throws DiscordError 50024 or 50013
 */
export function assertCanCreate(
  world: World,
  { id: userId }: Pick<APIUser, "id">,
  { channelId, type, permission }: { channelId: string; type: ChannelType; permission: bigint },
): void {
  if (channel(world, channelId)?.type !== type) throw wrongChannelType();
  if (!hasPermission(world, { userId, channelId }, permission)) throw missingPermissions();
}

/**
 * Checks that a message can be posted in a channel. A locked thread takes messages of those with Manage Threads only; while it is
 * active, also answers to interactions.
 * @throws DiscordError 50008, 50083 or 160005
 */
export function assertCanPost(
  world: World,
  { authorId, channelId, answers }: { authorId: string; channelId: string; answers: boolean },
): void {
  const type = channel(world, channelId)?.type;
  if (type === ChannelType.GuildForum || type === ChannelType.GuildCategory) throw notInTextChannel();
  const thread = world.threads.get(channelId);
  if (!thread?.thread_metadata.locked || managesThreads(world, authorId, channelId)) return;
  if (thread.thread_metadata.archived) throw threadArchived();
  if (!answers) throw threadLocked();
}

/**
 * Checks that a user can edit messages in a channel.
 * @throws DiscordError 50083 in an archived thread, 160005 in a locked one
 */
export function assertCanEdit(world: World, userId: string, channelId: string): void {
  const thread = world.threads.get(channelId);
  if (thread) assertActive(thread);
  if (thread?.thread_metadata.locked && !managesThreads(world, userId, channelId)) throw threadLocked();
}

/**
 * Checks that messages in a channel can be deleted, as in archived threads unless they are locked.
 * @throws DiscordError 50083
 */
export function assertCanDelete(world: World, userId: string, channelId: string): void {
  const { archived = false, locked = false } = world.threads.get(channelId)?.thread_metadata ?? {};
  if (archived && locked && !managesThreads(world, userId, channelId)) throw threadArchived();
}

/**
 * Checks that users can react in a channel, and pin messages there.
 * @throws DiscordError 50083 in an archived thread
 */
export function assertCanReact(world: World, channelId: string): void {
  const thread = world.threads.get(channelId);
  if (thread) assertActive(thread);
}

/** @throws DiscordError 50083 */
export function assertActive({ thread_metadata }: Thread): void {
  if (thread_metadata.archived) throw threadArchived();
}
