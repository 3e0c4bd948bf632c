import type { APIUser } from "discord-api-types/v10";
import { guildOf } from "./channels.ts";
import type { Events } from "./events.ts";
import { member } from "./guild.ts";
import type { World } from "./world.ts";

/** Time after which a user who has not sent a message is not shown as typing any more. */
const TYPING_MS = 10_000;

/** Who is typing where. */
export interface Typing {
  /** Shows a user as typing in a channel for 10 s, or until they post there. */
  start(channelId: string, user: APIUser): void;
  isTyping(channelId: string, userId: string): boolean;
}

export function typing(world: World, { events }: { events: Events }): Typing {
  /** Ends of typing in milliseconds since 1970, by channel and user. */
  const ends = new Map<string, number>();
  events.subscribe((event) => {
    if (event.t === "MESSAGE_CREATE") ends.delete(key(event.d.channel_id, event.d.author.id));
  });
  return {
    start(channelId, user) {
      ends.set(key(channelId, user.id), world.now() + TYPING_MS);
      const guild = guildOf(world, channelId);
      const d = {
        channel_id: channelId,
        user_id: user.id,
        timestamp: Math.trunc(world.now() / 1_000),
        ...(guild ? { member: member(guild, user) } : {}),
      };
      events.emit({ t: "TYPING_START", d });
    },
    isTyping: (channelId, userId) => (ends.get(key(channelId, userId)) ?? 0) > world.now(),
  };
}

function key(channelId: string, userId: string): string {
  return `${channelId}/${userId}`;
}
