import type { ClientChannel, ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";
import { displayName } from "../view/names.ts";
import type { Session } from "./state.ts";

/** A channel of a guild, a thread, or the direct messages with the bot. */
export interface Place extends ClientChannel {
  /** The guild of the channel; null for direct messages. */
  guild: ClientGuild | null;
  /** The thread that it is, and the channel of the thread. */
  thread: (ClientThread & { parent: ClientChannel }) | null;
}

export function placeOf(session: Session | null, channelId: string | null): Place | undefined {
  if (session === null) return undefined;
  const { guilds, direct, bot } = session;
  if (channelId === direct.id) {
    const name = displayName(bot);
    return { id: direct.id, name, type: channelType.dm, nsfw: false, guild: null, thread: null };
  }
  return guilds.flatMap(placesIn).find(({ id }) => id === channelId);
}

function placesIn(guild: ClientGuild): Place[] {
  return guild.channels.flatMap((parent) => {
    const threads = guild.threads.filter(({ parent_id }) => parent_id === parent.id);
    return [
      { ...parent, guild, thread: null },
      ...threads.map((thread) => Object.assign({ guild, thread: { ...thread, parent } }, thread)),
    ];
  });
}

/** Returns "#general", the name of a thread, or "@bot". */
export function titleOf({ name, guild, thread }: Place): string {
  if (thread !== null) return name;
  return `${guild ? "#" : "@"}${name}`;
}
