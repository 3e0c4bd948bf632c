import { GatewayIntentBits, type APIMessage } from "discord-api-types/v10";
import { channel, guildOf } from "../state/channels.ts";
import type { LocalDiscordEvent } from "../state/events.ts";
import { type Guild, member } from "../state/guild.ts";
import { guildCreate } from "../state/guild-payload.ts";
import { membersOf } from "../state/members.ts";
import { botSees } from "../state/visibility.ts";
import { botGuilds, type World } from "../state/world.ts";
import { dispatchChannelEvent, isChannelEvent } from "./dispatch-channel.ts";
import { dispatchThreadEvent, sendThreads } from "./dispatch-thread.ts";
import { isOnShard } from "./login.ts";
import type { Recipient } from "./session.ts";

const { DirectMessages, GuildMembers, GuildMessages, GuildModeration, Guilds } = GatewayIntentBits;

type MessageEvent = Extract<LocalDiscordEvent, { viewer: string | null }>;
type GuildChange = Extract<LocalDiscordEvent, { guildId: string }>;

/** Sends an event to a session if it belongs to the session's shard and intents. Interactions need no intent. */
export function dispatch(world: World, session: Recipient, event: LocalDiscordEvent): void {
  if ("thread" in event) return dispatchThreadEvent(world, session, event);
  if ("guildId" in event) return dispatchGuildChange(world, session, event);
  if (event.t === "USER_UPDATE") return session.dispatch(event.t, event.d);
  if (!("channel_id" in event.d)) return;
  const { channel_id: channelId } = event.d;
  const guild = guildOf(world, channelId);
  if (guild?.botJoinedAt === null || !isOnShard(session.shard, guild?.id)) return;
  if (isChannelEvent(event) && botSees(world, channelId)) dispatchChannelEvent(world, session, event);
  if (event.t === "INTERACTION_CREATE") session.dispatch(event.t, event.d);
  if (event.t === "THREAD_LIST_SYNC") sendThreads(world, session, channelId);
  if ("viewer" in event && botSees(world, channelId)) {
    dispatchMessage(world, session, event);
  }
}

/** @see https://discord.com/developers/docs/events/gateway-events#guilds */
function dispatchGuildChange(world: World, session: Recipient, event: GuildChange): void {
  const { t, d, guildId } = event;
  if ((session.intents & intentFor(world, event)) === 0 || !isOnShard(session.shard, guildId)) return;
  if (t === "GUILD_DELETE") return session.dispatch(t, d);
  const guild = botGuilds(world).find(({ id }) => id === guildId);
  if (!guild) return;
  session.dispatch(t, t === "GUILD_CREATE" ? guildCreate(world, guild, session) : d);
}

/**
 * Returns the intent that an event needs. The bot hears of changes of itself with GUILDS.
 * @see https://discord.com/developers/docs/events/gateway#list-of-intents
 */
function intentFor({ bot }: World, event: GuildChange): GatewayIntentBits {
  if (event.t === "GUILD_BAN_ADD" || event.t === "GUILD_BAN_REMOVE") return GuildModeration;
  return "userId" in event && event.userId !== bot.id ? GuildMembers : Guilds;
}

/** @see https://discord.com/developers/docs/events/gateway-events#messages */
function dispatchMessage(world: World, session: Recipient, event: MessageEvent): void {
  const guild = guildOf(world, event.d.channel_id);
  // Ephemeral messages are sent like direct messages, without a guild id.
  const named = event.viewer === null ? guild : undefined;
  if ((session.intents & (named ? GuildMessages : DirectMessages)) === 0) return;
  const guildId = named ? { guild_id: named.id } : {};
  if (event.t === "MESSAGE_DELETE") return session.dispatch(event.t, { ...event.d, ...guildId });
  // discord.js builds a channel that it does not know from this and the author.
  const where = { ...guildId, channel_type: channel(world, event.d.channel_id)?.type };
  const message = named
    ? {
        ...withoutHiddenContent(event.d, session, world.bot.id),
        member: authorMember(world, named, event.d.author.id),
      }
    : event.d;
  session.dispatch(event.t, { ...message, ...where });
}

function authorMember(world: World, guild: Guild, id: string) {
  const author = membersOf(world, guild).find((user) => user.id === id);
  if (!author) return undefined;
  const { user: _, ...rest } = member(guild, author);
  return rest;
}

/**
 * Empties the content, embeds, attachments and components of a guild message, and of the message it replies to, for a session
 * without the intent MESSAGE_CONTENT. Messages that the bot wrote or is mentioned in stay whole.
 * @see https://discord.com/developers/docs/events/gateway#message-content-intent
 */
function withoutHiddenContent(
  message: APIMessage,
  { intents }: Pick<Recipient, "intents">,
  botId: string,
): APIMessage {
  if ((intents & GatewayIntentBits.MessageContent) !== 0) return message;
  const { author, mentions, referenced_message: referenced } = message;
  const whole = author.id === botId || mentions.some(({ id }) => id === botId);
  return {
    ...message,
    ...(whole ? {} : { content: "", embeds: [], attachments: [], components: [] }),
    ...(referenced ? { referenced_message: withoutHiddenContent(referenced, { intents }, botId) } : {}),
  };
}
