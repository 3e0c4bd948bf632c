import { PermissionFlagsBits, type PermissionsBitField } from "discord.js";
import type { Rights } from "../jobs/place.ts";

/** Who may remove images of the hot dogs and export their labels. */
export interface HotdogAdmins {
  /** User ids of the application's owner, or of its team's members. They may do both anywhere. */
  owners: ReadonlySet<string>;
  /** Returns the id of the guild whose moderators may remove and whose managers may export. It changes as guilds add the bot. */
  homeGuild: () => string | undefined;
}

/** A person, and where they do something. */
interface Asker {
  userId: string;
  guildId: string | null;
  /** The person's permissions in the channel or thread; null in direct messages, or if the bot does not know them. */
  permissions: Readonly<PermissionsBitField> | null;
}

/** What a person may do: in a project of this place, and with the hot dogs. */
export function rightsOf(
  { userId, guildId, permissions }: Asker,
  { owners, homeGuild }: HotdogAdmins,
): Rights {
  const moderate = guildId !== null && permissions?.has(PermissionFlagsBits.ManageMessages) === true;
  const manage = guildId !== null && permissions?.has(PermissionFlagsBits.ManageGuild) === true;
  const anywhere = owners.has(userId);
  const atHome = guildId !== null && guildId === homeGuild();
  return {
    moderate,
    manage,
    moderateHotdogs: anywhere || (atHome && moderate),
    manageHotdogs: anywhere || (atHome && manage),
    atHome,
  };
}
