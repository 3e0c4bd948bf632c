import type { APIMessage, APIThreadChannel, APIUser } from "discord-api-types/v10";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { inField } from "../errors.ts";
import { composeMessage, type MessageBody } from "../messages/create.ts";
import type { Upload } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";
import { asCreated, newThread, type ThreadSettings } from "./create-thread.ts";
import { assertCanCreate } from "./thread-rules.ts";

interface NewPost {
  /** Id of the forum. */
  channelId: string;
  settings: ThreadSettings;
  /** Ids of tags. Any are accepted, because tags of forums are not built. */
  tags?: string[] | null | undefined;
  /** The first message. */
  body: MessageBody;
  files: Upload[];
}

/**
 * Creates a post in a forum: a public thread, whose first message has its id.
 * @throws DiscordError 50013, 50024 or 50035, and those of a message
 * @see https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
 */
export function createPost(
  discord: Discord,
  creator: APIUser,
  { channelId, settings, tags, body, files }: NewPost,
): { thread: APIThreadChannel; message: APIMessage } {
  const permission = PermissionFlagsBits.SendMessages;
  assertCanCreate(discord.world, creator, { channelId, type: ChannelType.GuildForum, permission });
  const id = discord.nextSnowflake();
  const thread = newThread(discord, creator, { id, channelId, settings, type: ChannelType.PublicThread });
  // Refused as a message of the forum, so that no post without a message remains.
  const composed = inField("message", () =>
    composeMessage(discord, { author: creator, channelId, body, files, more: { id } }),
  );
  discord.threads.add({ ...thread, applied_tags: tags ?? [] });
  const message = discord.messages.add({ message: { ...composed, channel_id: id }, viewer: null });
  return { thread: asCreated(discord, thread), message };
}
