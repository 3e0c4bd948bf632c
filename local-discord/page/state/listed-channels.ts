import type { ClientChannel, ClientGuild } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";

/** Returns the channels of a guild, and then its active threads. */
export function listedChannels(guild: ClientGuild | null): ClientChannel[] {
  if (guild === null) return [];
  return [...guild.channels, ...guild.threads.filter(({ archived }) => !archived)];
}

/** Returns the channels that can be opened: all but categories. */
export function openable(channels: readonly ClientChannel[]): readonly ClientChannel[] {
  return channels.filter(({ type }) => type !== channelType.guildCategory);
}

/** Returns the channels of these types, or all if none is given. */
export function ofTypes<C extends Pick<ClientChannel, "type">>(
  channels: readonly C[],
  types: readonly number[] = [],
): readonly C[] {
  return types.length === 0 ? channels : channels.filter(({ type }) => types.includes(type));
}
