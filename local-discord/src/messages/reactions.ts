import type { APIMessage, APIUser } from "discord-api-types/v10";
import { PermissionFlagsBits, ReactionType } from "discord-api-types/v10";
import { missingPermissions, tooManyReactions } from "../errors.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { member } from "../state/guild.ts";
import { hasPermission } from "../state/permissions.ts";
import { type Emoji, isSameEmoji, type Reaction } from "../state/reactions.ts";
import { assertCanReact } from "../threads/thread-rules.ts";

const { AddReactions, ReadMessageHistory } = PermissionFlagsBits;

const MAX_EMOJI = 20;

/** A user, and an emoji under a message. */
interface Reacting {
  message: APIMessage;
  emoji: Emoji;
  user: APIUser;
}

/**
 * Adds a user's reaction to a message, and sends the bot MESSAGE_REACTION_ADD. Does nothing if it is there. Add Reactions is needed for
 * an emoji that nobody has used yet.
 * @throws DiscordError 50013, 50083 or 30010
 * @see https://discord.com/developers/docs/resources/message#create-reaction
 */
export function addReaction(discord: Discord, { message, emoji, user }: Reacting): void {
  const { world, messages } = discord;
  const { id, channel_id: channelId } = message;
  const guild = guildOf(world, channelId);
  const before = messages.get(id).reactions;
  const there = before.find((one) => isSameEmoji(one.emoji, emoji));
  const may = (permission: bigint) =>
    !guild || hasPermission(world, { userId: user.id, channelId }, permission);
  if (!may(ReadMessageHistory) || (!there && !may(AddReactions))) throw missingPermissions();
  assertCanReact(world, channelId);
  if (there?.users.some((one) => one.id === user.id)) return;
  if (!there && before.length >= MAX_EMOJI) throw tooManyReactions();
  const changed = { emoji, users: [...(there?.users ?? []), user] };
  messages.setReactions(id, there ? before.with(before.indexOf(there), changed) : [...before, changed]);
  const d = {
    ...reacted({ message, emoji, userId: user.id }),
    message_author_id: message.author.id,
    burst_colors: [],
    ...(guild ? { member: member(guild, user) } : {}),
  };
  discord.events.emit({ t: "MESSAGE_REACTION_ADD", d });
}

/**
 * Removes a user's reaction from a message, and sends the bot MESSAGE_REACTION_REMOVE. Does nothing if it is not there.
 * @throws DiscordError 50083 in an archived thread
 */
export function removeReaction(
  discord: Discord,
  { message, emoji, userId }: Omit<Reacting, "user"> & { userId: string },
): void {
  assertCanReact(discord.world, message.channel_id);
  const before = discord.messages.get(message.id).reactions;
  const hasReacted = (one: Reaction) =>
    isSameEmoji(one.emoji, emoji) && one.users.some(({ id }) => id === userId);
  if (!before.some(hasReacted)) return;
  const after = before.map(({ emoji: other, users }) => ({
    emoji: other,
    users: isSameEmoji(other, emoji) ? users.filter(({ id }) => id !== userId) : users,
  }));
  discord.messages.setReactions(
    message.id,
    after.filter(({ users }) => users.length > 0),
  );
  discord.events.emit({ t: "MESSAGE_REACTION_REMOVE", d: reacted({ message, emoji, userId }) });
}

/**
 * Removes all reactions from a message, or those with one emoji, and sends the bot MESSAGE_REACTION_REMOVE_ALL or
 * MESSAGE_REACTION_REMOVE_EMOJI.
 * @throws DiscordError 50083 in an archived thread
 */
export function clearReactions(discord: Discord, { id, channel_id }: APIMessage, emoji?: Emoji): void {
  assertCanReact(discord.world, channel_id);
  const before = discord.messages.get(id).reactions;
  const after = before.filter((one) => emoji && !isSameEmoji(one.emoji, emoji));
  if (after.length === before.length) return;
  discord.messages.setReactions(id, after);
  const d = { channel_id, message_id: id };
  if (emoji) discord.events.emit({ t: "MESSAGE_REACTION_REMOVE_EMOJI", d: { ...d, emoji } });
  else discord.events.emit({ t: "MESSAGE_REACTION_REMOVE_ALL", d });
}

function reacted({ message, emoji, userId }: Omit<Reacting, "user"> & { userId: string }) {
  return {
    user_id: userId,
    channel_id: message.channel_id,
    message_id: message.id,
    emoji,
    burst: false,
    type: ReactionType.Normal,
  };
}
