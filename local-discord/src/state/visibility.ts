import type { APIMessage } from "discord-api-types/v10";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { channel, guildOf } from "./channels.ts";
import type { Discord } from "./discord.ts";
import { isGuildMember } from "./members.ts";
import { botHasPermission, hasPermission } from "./permissions.ts";
import { reactionsFor } from "./reactions.ts";
import { isMember, type Thread } from "./thread.ts";
import type { World } from "./world.ts";

/**
 * Whether a user is in a channel: members of the guild with View Channel are in its channels and public threads, members of a
 * private thread and those with Manage Threads are in it, one person and the bot are in direct messages.
 */
export function isIn(world: World, userId: string, channelId: string): boolean {
  const thread = world.threads.get(channelId);
  if (thread) return isIn(world, userId, thread.parent_id) && seesThread(world, thread, userId);
  const found = channel(world, channelId);
  if (found === undefined) return false;
  if (found.type !== ChannelType.DM) return userId === world.bot.id || seesChannel(world, userId, channelId);
  return userId === world.bot.id || found.recipients.some(({ id }) => id === userId);
}

/** Whether a person sees a channel of a guild. */
function seesChannel(world: World, userId: string, channelId: string): boolean {
  const guild = guildOf(world, channelId);
  const views = hasPermission(world, { userId, channelId }, PermissionFlagsBits.ViewChannel);
  return guild !== undefined && isGuildMember(world, guild, userId) && views;
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
  /** Whether the person is in a channel, by its id, because there may be thousands of messages. */
  const known = new Map<string, boolean>();
  function isHere(channelId: string): boolean {
    const here = known.get(channelId) ?? isIn(world, userId, channelId);
    known.set(channelId, here);
    return here;
  }
  return messages
    .all()
    .filter(({ message, viewer }) => (viewer === null || viewer === userId) && isHere(message.channel_id))
    .map((record) => asSeenBy(record, userId));
}

/** Returns a message as a person gets it, whose own reactions are marked. */
export function asSeenBy(
  { message, reactions }: ReturnType<Discord["messages"]["get"]>,
  userId: string,
): APIMessage {
  return reactions.length === 0 ? message : { ...message, reactions: reactionsFor(reactions, userId) };
}
