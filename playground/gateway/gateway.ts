import { ChannelType, GatewayIntentBits, GatewayOpcodes, PermissionFlagsBits } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { channel, guildOf } from "../state/channels.ts";
import type { Clock } from "../state/clock.ts";
import type { Discord } from "../state/discord.ts";
import type { PlaygroundEvent } from "../state/events.ts";
import { member } from "../state/guild.ts";
import { botMay } from "../state/permissions.ts";
import type { Guild } from "../state/world.ts";
import { people } from "../state/world.ts";
import { connection } from "./connection.ts";
import { handshake } from "./handshake.ts";
import { isOn } from "./login.ts";
import { asDelivered } from "./message-content.ts";
import type { Session } from "./session.ts";
import { sessions } from "./sessions.ts";

/** What a test can do to all connections of the bot. */
export interface GatewayControl {
  /** Asks the bot to connect anew and resume (opcode 7). */
  reconnect(): void;
  /** Tells it that its session is invalid (opcode 9): gone for good, unless it may be resumed. */
  invalidate(how?: { resumable?: boolean }): void;
  /** Closes with this code, which leaves the session to be resumed; without one the connection breaks off. */
  disconnect(code?: number): void;
}

interface GatewayOptions {
  /** The gateway's own. */
  address: string;
  /** Milliseconds. */
  heartbeatInterval: number;
  /** Bits of those that are switched on. */
  privilegedIntents: number;
}

export interface Gateway extends GatewayControl {
  accept: (socket: WebSocket) => void;
  /** Whether a bot is connected. */
  isOnline: () => boolean;
}

/** Sends what happens to every session of the bot that asked for it. */
export function gateway({ world, events, traffic }: Discord, time: Clock, options: GatewayOptions): Gateway {
  const open = sessions(events, time);
  const { heartbeatInterval, ...login } = options;
  events.subscribe((event) => {
    for (const session of open.all()) dispatch(session, event);
  });

  function dispatch(session: Session, event: PlaygroundEvent): void {
    if (!("d" in event) || !("channel_id" in event.d)) return;
    const guild = guildOf(world, event.d.channel_id);
    if (!isOn(session.shard, guild?.id)) return;
    if (event.t === "INTERACTION_CREATE") return session.dispatch(event.t, event.d);
    if (event.t === "CHANNEL_UPDATE") {
      const asked = (session.intents & GatewayIntentBits.Guilds) !== 0;
      return asked ? session.dispatch(event.t, channel(world, event.d.channel_id)) : undefined;
    }
    if (!("viewer" in event)) return;
    if (!botMay(world, event.d.channel_id, PermissionFlagsBits.ViewChannel)) return;
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
    const author = [world.bot, ...people(world)].find((user) => user.id === id);
    if (!author) return undefined;
    const { user: _, ...rest } = member(guild, author);
    return rest;
  }

  return {
    accept: (socket) =>
      connection(socket, { traffic, heartbeatInterval }, (accepted) =>
        handshake(accepted, { world, sessions: open, ...login }),
      ),
    isOnline: open.isOnline,
    reconnect() {
      for (const { connection } of open.all()) connection?.send({ op: GatewayOpcodes.Reconnect, d: null });
    },
    invalidate({ resumable = false } = {}) {
      for (const session of open.all()) {
        const { connection } = session;
        if (resumable) open.leave(session);
        else open.end(session);
        connection?.send({ op: GatewayOpcodes.InvalidSession, d: resumable });
      }
    },
    disconnect(code) {
      for (const { connection } of open.all()) connection?.close(code);
    },
  };
}
