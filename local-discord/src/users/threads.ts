import type { APIThreadChannel, APIUser } from "discord-api-types/v10";
import { ChannelType, MessageFlags } from "discord-api-types/v10";
import { hasFlag } from "../messages/message-rules.ts";
import type { File } from "../messages/upload.ts";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Thread } from "../state/thread.ts";
import { isIn } from "../state/visibility.ts";
import { createPost } from "../threads/create-post.ts";
import { createThread, createThreadFrom } from "../threads/create-thread.ts";
import { editThread, type ThreadChanges } from "../threads/edit-thread.ts";
import { findMessage } from "./invoke.ts";
import { assertCanSendFiles, NotAllowedError } from "./not-allowed.ts";

/** A thread that a person creates. */
interface NewThread {
  /** The text channel, or that of the message. */
  channelId: string;
  name: string;
  /** The message from which it is created. */
  messageId?: string | undefined;
  /** Whether it is private; only without a message. */
  isPrivate?: boolean | undefined;
}

/**
 * Creates a thread as a person.
 * @throws NotAllowedError; DiscordError, as for bots
 */
export function startThread(
  discord: Discord,
  user: APIUser,
  { channelId, name, messageId, isPrivate = false }: NewThread,
): APIThreadChannel {
  const settings = { name };
  if (messageId !== undefined) {
    if (isPrivate) throw new NotAllowedError("A thread that is created from a message is public.");
    const message = findMessage(discord, { user }, messageId);
    if (hasFlag(message, MessageFlags.Ephemeral | MessageFlags.Loading)) {
      throw new NotAllowedError("No thread is created from an ephemeral message or a deferred answer.");
    }
    return createThreadFrom(discord, user, { message, settings });
  }
  if (!isIn(discord.world, user.id, channelId)) throw new NotAllowedError("There is no such channel.");
  const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
  return createThread(discord, user, { channelId, settings: { ...settings, type } });
}

/**
 * Creates a post in a forum as a person.
 * @throws NotAllowedError; DiscordError, as for bots
 */
export function startPost(
  discord: Discord,
  user: APIUser,
  {
    channelId,
    name,
    content,
    files,
  }: Pick<NewThread, "channelId" | "name"> & {
    content: string;
    files: readonly File[];
  },
): APIThreadChannel {
  if (channel(discord.world, channelId)?.type !== ChannelType.GuildForum) {
    throw new NotAllowedError("There is no such forum.");
  }
  assertCanSendFiles(files);
  const uploads = files.map((file, index) => ({ ...file, index: String(index) }));
  const post = { channelId, settings: { name }, body: { content }, files: uploads };
  return createPost(discord, user, post).thread;
}

/**
 * Changes a thread as a person.
 * @throws NotAllowedError; DiscordError, as for bots
 */
export function changeThread(
  discord: Discord,
  user: APIUser,
  { threadId, changes }: { threadId: string; changes: ThreadChanges },
): void {
  editThread(discord, user, { thread: findThread(discord, user, threadId), changes });
}

/** @throws NotAllowedError if the person does not see a thread with this id */
export function findThread({ world }: Discord, { id: userId }: APIUser, threadId: string): Thread {
  const thread = world.threads.get(threadId);
  if (!thread || !isIn(world, userId, threadId)) throw new NotAllowedError("There is no such thread.");
  return thread;
}
