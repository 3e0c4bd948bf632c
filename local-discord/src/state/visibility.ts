import type { APIMessage } from "discord-api-types/v10";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { channel } from "./channels.ts";
import type { Discord } from "./discord.ts";
import { botHasPermission, hasPermission } from "./permissions.ts";
import { isMember, type Thread } from "./thread.ts";
import type { World } from "./world.ts";

/**
 * Whether a user is in a channel: everyone is in guild channels and public threads, members and those with Manage Threads are in
 * private threads, one person and the bot are in direct messages.
 */
export function isIn(world: World, userId: string, channelId: string): boolean {
  const thread = world.threads.get(channelId);
  if (thread) return seesThread(world, thread, userId);
  const found = channel(world, channelId);
  if (found?.type !== ChannelType.DM) return found !== undefined;
  return userId === world.bot.id || found.recipients.some(({ id }) => id === userId);
}

/** Whether a user sees a thread, if they see its parent. */
export function seesThread(world: World, thread: Thread, userId: string): boolean {
  const where = { userId, channelId: thread.parent_id };
  return (
    thread.type === ChannelType.PublicThread ||
    isMember(thread, userId) ||
    hasPermission(world, where, PermissionFlagsBits.ManageThreads)
  );
}

/** Whether the bot sees a channel or thread. */
export function botSees(world: World, channelId: string): boolean {
  return (
    botHasPermission(world, channelId, PermissionFlagsBits.ViewChannel) &&
    isIn(world, world.bot.id, channelId)
  );
}

/** Returns those of the threads that are active and that the bot sees. */
export function activeThreads(world: World, threads: readonly Thread[]): Thread[] {
  return threads.filter(({ id, thread_metadata }) => !thread_metadata.archived && botSees(world, id));
}

/** Whether a person sees a message in this channel. An ephemeral message is visible to its `viewer` only. */
export function isSeenBy(
  world: World,
  userId: string,
  { channelId, viewer }: { channelId: string; viewer: string | null },
): boolean {
  return (viewer === null || viewer === userId) && isIn(world, userId, channelId);
}

/** Returns the messages that a person sees, oldest first. */
export function messagesSeenBy({ world, messages }: Discord, userId: string): APIMessage[] {
  return messages
    .all()
    .filter(({ message, viewer }) => isSeenBy(world, userId, { channelId: message.channel_id, viewer }))
    .map(({ message }) => message);
}
