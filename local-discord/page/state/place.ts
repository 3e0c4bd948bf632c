import type { ClientChannel, ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";
import { openable } from "./listed-channels.ts";
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
    return { ...directChannel, id: direct.id, name: displayName(bot) };
  }
  return guilds.flatMap(placesIn).find(({ id }) => id === channelId);
}

/** What all direct messages have. */
const directChannel = {
  type: channelType.dm,
  nsfw: false,
  topic: null,
  category_id: null,
  rate_limit_per_user: 0,
  permissions: "0",
  guild: null,
  thread: null,
} as const;

function placesIn(guild: ClientGuild): Place[] {
  return openable(guild.channels).flatMap((parent) => {
    const threads = guild.threads.filter(({ parent_id }) => parent_id === parent.id);
    const own: Place = Object.assign({ guild, thread: null }, parent);
    return [own].concat(
      threads.map((thread) => Object.assign({ guild, thread: { ...thread, parent } }, thread)),
    );
  });
}

/** Returns "#general", the name of a thread, or "@bot". */
export function titleOf({ name, guild, thread }: Place): string {
  if (thread !== null) return name;
  return `${guild ? "#" : "@"}${name}`;
}
