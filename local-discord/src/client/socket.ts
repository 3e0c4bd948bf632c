import type { APIMessage, APIUser } from "discord-api-types/v10";
import { ChannelType, MessageFlags } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import type { ClientEvent, ClientGuild, ClientReady } from "../client-protocol.ts";
import { isChannelEvent } from "../gateway/dispatch-channel.ts";
import { hasFlag } from "../messages/message-rules.ts";
import type { Discord } from "../state/discord.ts";
import type { LocalDiscordEvent, ThreadEvent } from "../state/events.ts";
import { guildSummary } from "../state/guild-payload.ts";
import { isGuildMember } from "../state/members.ts";
import { usableCommands } from "../state/usable-commands.ts";
import { asSeenBy, isIn, isSeenBy, messagesSeenBy } from "../state/visibility.ts";
import { people } from "../state/world.ts";
import { seenInChannel } from "./seen-in-channel.ts";
import { watchTimeout } from "./watch-timeout.ts";
import { watchTraffic } from "./watch-traffic.ts";

interface Opening {
  /** Whose view the page shows: that of the application's owner if this names nobody. */
  idOrName: string | null;
  /** The `since` of the page's first READY if it reconnects. */
  since: string | null;
}

/** Serves the WebSocket of a page, which shows the view of one person. */
export function clientSocket(
  discord: Discord,
  isOnline: () => boolean,
  { idOrName, since }: Opening,
): (socket: WebSocket) => void {
  const user =
    people(discord.world).find(({ id, username }) => idOrName === id || idOrName === username) ??
    discord.world.owner;
  return (socket) => {
    const send = (event: ClientEvent) => socket.send(JSON.stringify(event));
    send({ t: "READY", d: ready(discord, user, { online: isOnline(), since }) });
    let before = new Set(channelIds(discord, user.id));
    const timeouts = watchTimeout(discord, user.id, () => rights(discord, user.id).forEach(send));
    const unsubscribe = discord.events.subscribe((event) => {
      // The bot may be connected to the gateway, or have an endpoint, or both.
      const news = event.t === "BOT_STATUS" ? { t: event.t, d: { online: isOnline() } } : event;
      const gained = "guildId" in event ? messagesIn(discord, user.id, before) : [];
      if ("guildId" in event || "thread" in event) before = new Set(channelIds(discord, user.id));
      if ("guildId" in event) timeouts.look();
      const seen = [...gained, ...seenBy(discord, user.id, news)];
      if (seen.length > 0) discord.responses.whenWritten(() => seen.forEach(send));
    });
    socket.on("close", unsubscribe).on("close", () => timeouts.stop());
    watchTraffic(socket, discord.traffic, send);
  };
}

/** Returns the events that a page gets about an event. */
function seenBy(discord: Discord, userId: string, event: LocalDiscordEvent): ClientEvent[] {
  if (event.t === "BOT_STATUS") return [event];
  if (event.t === "USER_UPDATE") return [{ t: event.t, d: discord.world.bot }];
  if (event.t === "COMMANDS_UPDATE") return [{ t: event.t, d: commandsOf(discord, userId) }];
  if ("guildId" in event) return rights(discord, userId);
  if ("thread" in event) return [...messagesGained(discord, userId, event), ...rights(discord, userId)];
  if (event.t === "INTERACTION_CREATE" || event.t === "THREAD_LIST_SYNC") return [];
  if (event.t === "MODAL_CREATE") {
    const { interaction, modal } = event.d;
    const { user, nonce } = interaction;
    return user.id === userId && nonce !== null ? [{ t: event.t, d: { nonce, modal } }] : [];
  }
  if (event.t === "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE") {
    const { user, nonce, choices } = event.d;
    if (user.id !== userId || nonce === null || choices === null) return [];
    return [{ t: event.t, d: { nonce, choices } }];
  }
  if ("viewer" in event) {
    const { viewer, ...seen } = event;
    const place = { channelId: event.d.channel_id, viewer };
    if (!isSeenBy(discord.world, userId, place)) return [];
    return seen.t === "MESSAGE_UPDATE"
      ? [{ t: seen.t, d: asSeenBy(discord.messages.get(seen.d.id), userId) }]
      : [seen];
  }
  if (isChannelEvent(event)) return seenInChannel(discord, userId, event);
  const { user, nonce } = event.d;
  return user.id === userId && nonce !== null ? [{ t: event.t, d: { nonce } }] : [];
}

/** Returns what the person sees of guilds, and may use in them. */
function rights(discord: Discord, userId: string): ClientEvent[] {
  return [
    { t: "GUILDS_UPDATE", d: guildsOf(discord, userId) },
    { t: "COMMANDS_UPDATE", d: commandsOf(discord, userId) },
  ];
}

/** Returns the messages of the channels that the person sees now and did not see before. */
function messagesIn(discord: Discord, userId: string, before: ReadonlySet<string>): ClientEvent[] {
  const gained = channelIds(discord, userId).filter((id) => !before.has(id));
  if (gained.length === 0) return [];
  const seen = messagesSeenBy(discord, userId);
  return gained.flatMap((id) => {
    const messages = seen.filter(({ channel_id }) => channel_id === id);
    return messages.length > 0 ? [{ t: "CHANNEL_MESSAGES" as const, d: { channel_id: id, messages } }] : [];
  });
}

/** Returns the messages of a private thread to which the person was added. */
function messagesGained(discord: Discord, userId: string, event: ThreadEvent): ClientEvent[] {
  if (event.t !== "THREAD_MEMBERS_UPDATE" || !event.added.includes(userId)) return [];
  const { id, type } = event.thread;
  if (type !== ChannelType.PrivateThread) return [];
  const messages = messagesSeenBy(discord, userId).filter(({ channel_id }) => channel_id === id);
  return [{ t: "CHANNEL_MESSAGES", d: { channel_id: id, messages } }];
}

function guildsOf({ world }: Discord, userId: string): ClientGuild[] {
  return world.guilds
    .filter((guild) => isGuildMember(world, guild, userId))
    .map((guild) => guildSummary(world, guild, userId));
}

function ready(
  discord: Discord,
  user: APIUser,
  { online, since }: { online: boolean; since: string | null },
): ClientReady {
  const messages = messagesSeenBy(discord, user.id).filter((message) => isKept(message, since));
  return {
    user,
    users: [...people(discord.world)],
    guilds: guildsOf(discord, user.id),
    direct: { id: discord.world.directChannelIds[user.username] ?? "" },
    bot: discord.world.bot,
    bot_online: online,
    commands: commandsOf(discord, user.id),
    since: discord.nextSnowflake(),
    messages: Object.fromEntries(
      channelIds(discord, user.id).map((id) => [id, messages.filter(({ channel_id }) => channel_id === id)]),
    ),
  };
}

/** Whether a page that opens, or reconnects after `since`, shows this message. */
function isKept(message: APIMessage, since: string | null): boolean {
  if (!hasFlag(message, MessageFlags.Ephemeral)) return true;
  return since !== null && /^\d{1,20}$/.test(since) && BigInt(message.id) > BigInt(since);
}

function commandsOf(discord: Discord, userId: string): ClientReady["commands"] {
  return Object.fromEntries(
    channelIds(discord, userId).map((id) => [id, usableCommands(discord, userId, id)]),
  );
}

/** Returns the ids of the channels that the person is in. */
function channelIds({ world }: Discord, userId: string): string[] {
  const all = [
    ...world.guilds.flatMap(({ channels }) => channels.map(({ id }) => id)),
    ...world.threads.keys(),
    ...Object.values(world.directChannelIds),
  ];
  return all.filter((id) => isIn(world, userId, id));
}
