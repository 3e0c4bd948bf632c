import type { APIMessage, APIThreadChannel, APIUser, ThreadChannelType } from "discord-api-types/v10";
import {
  ChannelType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits,
} from "discord-api-types/v10";
import { threadExists, wrongChannelType } from "../errors.ts";
import { postSystemMessage } from "../messages/system-message.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { type Thread, threadChannel } from "../state/thread.ts";
import { assertCanCreate, threadName } from "./thread-rules.ts";

const { CreatePrivateThreads, CreatePublicThreads } = PermissionFlagsBits;

/** Discord publishes no default. */
const DEFAULT_ARCHIVE_MINUTES = 4_320;

/** What the creator of a thread chooses. Fields that are null have their default. */
export interface ThreadSettings {
  name: string;
  /** Minutes without activity after which the thread is archived; default 4,320. */
  auto_archive_duration?: Thread["thread_metadata"]["auto_archive_duration"] | null | undefined;
  /** Seconds between messages of a person; default 0. */
  rate_limit_per_user?: number | null | undefined;
}

/** What the creator of a thread without a message chooses. */
export interface StandaloneThreadSettings extends ThreadSettings {
  /** Default: a private thread. */
  type?: ThreadChannelType | null | undefined;
  /** Whether all members of a private thread can add others; default true. */
  invitable?: boolean | null | undefined;
}

/**
 * Creates a public thread from a message of a text channel. The thread has the id of the message. Its first message refers to
 * that message; if that is not the newest of the channel, a message in the channel names the thread.
 * @throws DiscordError 50013, 50024, 50035 or 160004
 * @see https://discord.com/developers/docs/resources/channel#start-thread-from-message
 */
export function createThreadFrom(
  discord: Discord,
  creator: APIUser,
  { message, settings }: { message: APIMessage; settings: ThreadSettings },
): APIThreadChannel {
  const { world, messages } = discord;
  const { id, channel_id: channelId } = message;
  const type = ChannelType.GuildText;
  assertCanCreate(world, creator, { channelId, type, permission: CreatePublicThreads });
  if (world.threads.has(id)) throw threadExists();
  const posted = messages.all().filter(({ viewer }) => viewer === null);
  const newest = posted.findLast((other) => other.message.channel_id === channelId);
  const thread = newThread(discord, creator, { id, channelId, settings, type: ChannelType.PublicThread });
  discord.threads.add(thread);
  messages.replace({ ...message, flags: (message.flags ?? 0) | MessageFlags.HasThread });
  postSystemMessage(discord, {
    type: MessageType.ThreadStarterMessage,
    author: message.author,
    channelId: id,
    reference: { type: MessageReferenceType.Default, message_id: id, channel_id: channelId },
  });
  if (newest?.message.id !== id) announce(discord, creator, thread);
  return asCreated(discord, thread);
}

/**
 * Creates a thread without a message. A message in the channel names a public one.
 * @throws DiscordError 50013, 50024 or 50035
 * @see https://discord.com/developers/docs/resources/channel#start-thread-without-message
 */
export function createThread(
  discord: Discord,
  creator: APIUser,
  { channelId, settings }: { channelId: string; settings: StandaloneThreadSettings },
): APIThreadChannel {
  const type = settings.type ?? ChannelType.PrivateThread;
  if (type !== ChannelType.PrivateThread && type !== ChannelType.PublicThread) throw wrongChannelType();
  const permission = type === ChannelType.PublicThread ? CreatePublicThreads : CreatePrivateThreads;
  assertCanCreate(discord.world, creator, { channelId, type: ChannelType.GuildText, permission });
  const id = discord.nextSnowflake();
  const thread = newThread(discord, creator, { id, channelId, settings, type });
  discord.threads.add(thread);
  if (type === ChannelType.PublicThread) announce(discord, creator, thread);
  return asCreated(discord, thread);
}

/** Returns a new thread, which is not added yet, with its creator as its only member. */
export function newThread(
  { world, stamp }: Discord,
  { id: owner_id }: Pick<APIUser, "id">,
  {
    id,
    channelId,
    type,
    settings,
  }: { id: string; channelId: string; type: Thread["type"]; settings: StandaloneThreadSettings },
): Thread {
  const time = new Date(stamp()).toISOString();
  return {
    id,
    guild_id: guildOf(world, channelId)?.id ?? "",
    parent_id: channelId,
    type,
    name: threadName(settings.name),
    owner_id,
    rate_limit_per_user: settings.rate_limit_per_user ?? 0,
    thread_metadata: {
      archived: false,
      archive_timestamp: time,
      auto_archive_duration: settings.auto_archive_duration ?? DEFAULT_ARCHIVE_MINUTES,
      locked: false,
      create_timestamp: time,
      ...(type === ChannelType.PrivateThread ? { invitable: settings.invitable ?? true } : {}),
    },
    message_count: 0,
    total_message_sent: 0,
    last_message_id: null,
    members: [{ user_id: owner_id, join_timestamp: time }],
  };
}

/** Returns a thread with its current counts, as the bot gets it. */
export function asCreated({ world }: Discord, thread: Thread): APIThreadChannel {
  return threadChannel(world, world.threads.get(thread.id) ?? thread);
}

function announce(discord: Discord, author: APIUser, { id, guild_id, parent_id, name }: Thread): void {
  const reference = { type: MessageReferenceType.Default, channel_id: id, guild_id };
  const type = MessageType.ThreadCreated;
  postSystemMessage(discord, { type, author, channelId: parent_id, content: name, reference });
}
