import { type Guild, settingsOf } from "../state/guild.ts";

/** Removes what a guild knows of a member who leaves: roles and nickname. A timeout stays, as on Discord. */
export function forgetMember(guild: Guild, userId: string): void {
  for (const role of guild.roles) role.memberIds = role.memberIds.filter((id) => id !== userId);
  const { timedOutUntil } = settingsOf(guild, userId);
  if (timedOutUntil === null) delete guild.memberSettings[userId];
  else guild.memberSettings[userId] = { nick: null, joinedAt: null, timedOutUntil };
}
