import { ChannelType, GatewayIntentBits } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { PlaygroundEvent } from "../state/events.ts";
import type { Discord } from "../state/discord.ts";
import { guildOf } from "../state/channels.ts";
import { member } from "../state/guild.ts";
import { asDelivered } from "./message-content.ts";
import type { Guild } from "../state/world.ts";
import type { Session } from "./session.ts";
import { acceptConnection } from "./session.ts";

export interface Gateway {
  accept: (socket: WebSocket) => void;
  /** Whether a bot is logged in. */
  isOnline(): boolean;
}

/** Sends what happens to every session of the bot that asked for it. `address` is the gateway's own. */
export function gateway({ world, events }: Discord, address: string): Gateway {
  const sessions = new Set<Session>();
  events.subscribe((event) => {
    for (const session of sessions) dispatch(session, event);
  });

  function dispatch(session: Session, event: PlaygroundEvent): void {
    if (event.t === "INTERACTION_CREATE") return session.dispatch(event.t, event.d);
    if (!("viewer" in event)) return;
    const guild = guildOf(world, event.d.channel_id);
    // Ephemeral messages travel like direct ones and do not name the guild:
    // https://discord.com/developers/docs/events/gateway-events#messages
    const named = event.viewer === null ? guild : undefined;
    const intent = named ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
    if ((session.intents & intent) === 0) return;
    const guildId = named ? { guild_id: named.id } : {};
    if (event.t === "MESSAGE_DELETE") return session.dispatch(event.t, { ...event.d, ...guildId });
    // discord.js makes a channel it has not seen of this and the author.
    const where = { ...guildId, channel_type: guild ? ChannelType.GuildText : ChannelType.DM };
    const message = named
      ? { ...asDelivered(event.d, session, world.bot.id), member: authorMember(named, event.d.author.id) }
      : event.d;
    session.dispatch(event.t, { ...message, ...where });
  }
  function authorMember(guild: Guild, id: string) {
    const author = [world.bot, ...Object.values(world.users)].find((user) => user.id === id);
    if (!author) return undefined;
    const { user: _, ...rest } = member(guild, author);
    return rest;
  }
  return {
    accept(socket) {
      acceptConnection(socket, {
        world,
        gateway: address,
        identified(session) {
          sessions.add(session);
          if (sessions.size === 1) events.emit({ t: "BOT_STATUS", d: { online: true } });
          socket.on("close", () => {
            sessions.delete(session);
            if (sessions.size === 0) events.emit({ t: "BOT_STATUS", d: { online: false } });
          });
        },
      });
    },
    isOnline: () => sessions.size > 0,
  };
}
