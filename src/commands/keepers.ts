import { PermissionFlagsBits, type PermissionsBitField } from "discord.js";
import type { Rights } from "../jobs/place.ts";

/** Who looks after the hot dogs, the image set that is everyone's. */
export interface Keepers {
  /** Ids of the application's owner, or of its team. They may do everything, anywhere. */
  people: ReadonlySet<string>;
  /** The id of the guild whose moderators remove images, and whose managers export. Guilds come and go, so it may change. */
  homeGuild: () => string | undefined;
}

/** A person in a place of Discord. */
interface Asker {
  userId: string;
  guildId: string | null;
  /** The person's permissions in the channel or thread; null in direct messages, or if the bot does not know them. */
  permissions: Readonly<PermissionsBitField> | null;
}

/** What a person may do: in a project of this place, and with the hot dogs. */
export function rightsOf({ userId, guildId, permissions }: Asker, { people, homeGuild }: Keepers): Rights {
  const moderate = guildId !== null && permissions?.has(PermissionFlagsBits.ManageMessages) === true;
  const manage = guildId !== null && permissions?.has(PermissionFlagsBits.ManageGuild) === true;
  const anywhere = people.has(userId);
  const atHome = guildId !== null && guildId === homeGuild();
  return {
    moderate,
    manage,
    moderateHotdogs: anywhere || (atHome && moderate),
    manageHotdogs: anywhere || (atHome && manage),
  };
}
