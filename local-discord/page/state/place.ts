import type { ClientChannel, ClientGuild } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";
import { displayName } from "../view/names.ts";
import type { Session } from "./state.ts";

/** A channel of a guild, or the direct messages with the bot. */
export interface Place extends ClientChannel {
  /** The guild of the channel; null for direct messages. */
  guild: ClientGuild | null;
}

export function placeOf(session: Session | null, channelId: string | null): Place | undefined {
  if (session === null) return undefined;
  const { guilds, direct, bot } = session;
  if (channelId === direct.id) {
    return { id: direct.id, name: displayName(bot), type: channelType.dm, nsfw: false, guild: null };
  }
  return guilds
    .flatMap((guild) => guild.channels.map((channel) => ({ ...channel, guild })))
    .find(({ id }) => id === channelId);
}

/** Returns "#general" or "@bot". */
export function titleOf({ name, guild }: Place): string {
  return `${guild ? "#" : "@"}${name}`;
}
