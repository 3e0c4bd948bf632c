import type { APIUser } from "discord-api-types/v10";
import { ChannelType, MessageType, PermissionFlagsBits } from "discord-api-types/v10";
import { missingPermissions, unknownUser } from "../errors.ts";
import { postSystemMessage } from "../messages/system-message.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { membersOf } from "../state/members.ts";
import { hasPermission } from "../state/permissions.ts";
import { isMember, type Thread } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import { assertActive, managesThreads } from "./thread-rules.ts";

/** The member to add or remove. If a person names themselves, they join or leave. */
interface Membership {
  by: APIUser;
  thread: Thread;
  userId: string;
}

/**
 * Adds a user to a thread; does nothing if they are a member. A message in the thread reports it, unless they join by themselves.
 * @throws DiscordError 10013, 50013 or 50083
 * @see https://discord.com/developers/docs/resources/channel#add-thread-member
 */
export function addThreadMember(discord: Discord, { by, thread, userId }: Membership): void {
  assertActive(thread);
  const user = guildUser(discord.world, { thread, userId, by });
  if (isMember(thread, userId)) return;
  if (by.id !== userId && !canInvite(discord.world, by.id, thread)) throw missingPermissions();
  discord.threads.addMembers(thread.id, [userId]);
  if (by.id === userId) return;
  const type = MessageType.RecipientAdd;
  postSystemMessage(discord, { type, author: by, channelId: thread.id, mentions: [user] });
}

/**
 * Removes a user from a thread; does nothing if they are no member. A message in the thread reports it, unless they leave by
 * themselves.
 * @throws DiscordError 10013, 50013 or 50083
 * @see https://discord.com/developers/docs/resources/channel#remove-thread-member
 */
export function removeThreadMember(discord: Discord, { by, thread, userId }: Membership): void {
  assertActive(thread);
  const user = guildUser(discord.world, { thread, userId, by });
  const ownsPrivate = thread.type === ChannelType.PrivateThread && thread.owner_id === by.id;
  const may = by.id === userId || ownsPrivate || managesThreads(discord.world, by.id, thread.id);
  if (!may) throw missingPermissions();
  if (!isMember(thread, userId)) return;
  discord.threads.removeMember(thread.id, userId);
  if (by.id === userId) return;
  const type = MessageType.RecipientRemove;
  postSystemMessage(discord, { type, author: by, channelId: thread.id, mentions: [user] });
}

/** Whether a user may add others to a thread. */
export function canInvite(world: World, userId: string, thread: Thread): boolean {
  const { invitable = true } = thread.thread_metadata;
  const where = { userId, channelId: thread.id };
  if (managesThreads(world, userId, thread.id)) return true;
  if (!invitable && thread.owner_id !== userId) return false;
  return hasPermission(world, where, PermissionFlagsBits.SendMessagesInThreads);
}

/** @throws DiscordError 10013 for a user who is not in the guild */
function guildUser(world: World, { by, thread, userId }: Membership): APIUser {
  const guild = guildOf(world, thread.id);
  const user = [by, ...(guild ? membersOf(world, guild) : [])].find(({ id }) => id === userId);
  if (!user) throw unknownUser();
  return user;
}
