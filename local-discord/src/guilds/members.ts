import type { APIUser } from "discord-api-types/v10";
import { deleteMessage } from "../messages/delete.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { type Guild, member, type MemberSettings, type Role, settingsOf } from "../state/guild.ts";
import { threadsOf } from "../state/thread.ts";
import { forgetMember } from "./forget-member.ts";

/** A member of a guild. */
interface Who {
  guild: Guild;
  user: APIUser;
}

export interface MemberChanges extends Partial<Pick<MemberSettings, "nick" | "timedOutUntil">> {
  /** All roles of the member. */
  roles?: readonly Role[];
}

/** Adds a person to a guild, and sends the bot GUILD_MEMBER_ADD. */
export function addMember(discord: Discord, { guild, user }: Who): void {
  guild.absentIds = guild.absentIds.filter((id) => id !== user.id);
  guild.memberSettings[user.id] = { ...settingsOf(guild, user.id), joinedAt: discord.stamp() };
  emitMember(discord, { guild, user }, "GUILD_MEMBER_ADD");
}

/** Changes a member, and sends the bot GUILD_MEMBER_UPDATE. */
export function changeMember(discord: Discord, { guild, user }: Who, changes: MemberChanges): void {
  const { roles, ...settings } = changes;
  guild.memberSettings[user.id] = { ...settingsOf(guild, user.id), ...settings };
  for (const role of roles === undefined ? [] : guild.roles) {
    const others = role.memberIds.filter((id) => id !== user.id);
    role.memberIds = roles?.includes(role) ? [...others, user.id] : others;
  }
  emitMember(discord, { guild, user }, "GUILD_MEMBER_UPDATE");
}

/** Removes a person from a guild and its threads, and sends the bot GUILD_MEMBER_REMOVE. */
export function removeMember(discord: Discord, { guild, user }: Who): void {
  guild.absentIds.push(user.id);
  forgetMember(guild, user.id);
  for (const { id } of threadsOf(discord.world, guild)) discord.threads.removeMember(id, user.id);
  discord.saveGuild(guild);
  const d = { guild_id: guild.id, user };
  discord.events.emit({ t: "GUILD_MEMBER_REMOVE", d, guildId: guild.id, userId: user.id });
}

/**
 * Bans a person, who is removed from the guild if they are a member, and sends the bot GUILD_BAN_ADD. Does nothing if they are banned.
 * @param seconds of the past whose messages of this person are deleted
 */
export function ban(
  discord: Discord,
  { guild, user }: Who,
  { reason, seconds }: { reason: string | null; seconds: number },
): void {
  if (guild.bans.some(({ userId }) => userId === user.id)) return;
  guild.bans.push({ userId: user.id, reason });
  if (!guild.absentIds.includes(user.id)) removeMember(discord, { guild, user });
  discord.saveGuild(guild);
  emitBan(discord, { guild, user }, "GUILD_BAN_ADD");
  const since = discord.stamp() - seconds * 1_000;
  for (const { message } of seconds === 0 ? [] : discord.messages.all()) {
    const isOwn = message.author.id === user.id && guildOf(discord.world, message.channel_id) === guild;
    if (isOwn && Date.parse(message.timestamp) >= since) deleteMessage(discord, message);
  }
}

/** Lifts a ban, and sends the bot GUILD_BAN_REMOVE. The person does not join by that. */
export function unban(discord: Discord, { guild, user }: Who): void {
  guild.bans = guild.bans.filter(({ userId }) => userId !== user.id);
  discord.saveGuild(guild);
  emitBan(discord, { guild, user }, "GUILD_BAN_REMOVE");
}

function emitMember(
  { events, saveGuild }: Discord,
  { guild, user }: Who,
  t: "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE",
): void {
  saveGuild(guild);
  const d = { ...member(guild, user), guild_id: guild.id };
  events.emit({ t, d, guildId: guild.id, userId: user.id });
}

function emitBan({ events }: Discord, { guild, user }: Who, t: "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE"): void {
  events.emit({ t, d: { guild_id: guild.id, user }, guildId: guild.id });
}
