import type { ClientChannel } from "../../client-protocol.ts";
import { displayName } from "../view/names.ts";
import type { Session } from "./state.ts";

/** Where messages are: a channel of the guild, or the direct messages with the bot. */
export interface Place extends ClientChannel {
  direct: boolean;
}

export function placeOf(session: Session | null, channelId: string | null): Place | undefined {
  if (session === null) return undefined;
  const { channels, direct, bot } = session;
  if (channelId === direct.id) return { id: direct.id, name: displayName(bot), direct: true };
  const channel = channels.find(({ id }) => id === channelId);
  return channel && { ...channel, direct: false };
}

/** "#general", or "@hotdog-bot". */
export function titleOf({ name, direct }: Place): string {
  return `${direct ? "@" : "#"}${name}`;
}
