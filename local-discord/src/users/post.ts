import type { APIMessage, APIUser } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { missingPermissions, unknownChannel } from "../errors.ts";
import { replyTo } from "../messages/answer.ts";
import { createMessage } from "../messages/create.ts";
import type { File } from "../messages/upload.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { hasPermission, isTimedOut } from "../state/permissions.ts";
import { isIn, isSeenBy } from "../state/visibility.ts";
import type { World } from "../state/world.ts";
import { assertCanSendFiles, NotAllowedError } from "./not-allowed.ts";
import { assertNotTooSoon } from "./slow-mode.ts";

const { AttachFiles, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;

/** A message that a person posts. */
interface Post {
  channelId: string;
  content: string;
  files: readonly File[];
  /** Id of the message to reply to, whose author is mentioned. */
  replyTo?: string | undefined;
  nonce?: string;
}

/**
 * Posts a message as a person.
 * @throws NotAllowedError; DiscordError, as for bots
 */
export function post(
  discord: Discord,
  author: APIUser,
  { channelId, content, files, ...how }: Post,
): APIMessage {
  if (!isIn(discord.world, author.id, channelId)) throw unknownChannel();
  assertMayPost(discord.world, author, { channelId, files });
  assertNotTooSoon(discord, author, channelId);
  assertCanSendFiles(files);
  const replied = how.replyTo === undefined ? undefined : discord.messages.find(how.replyTo);
  const place = { channelId: replied?.message.channel_id ?? "", viewer: replied?.viewer ?? null };
  if (how.replyTo !== undefined && !isSeenBy(discord.world, author.id, place)) {
    throw new NotAllowedError("There is no message to reply to.");
  }
  return createMessage(discord, {
    author,
    channelId,
    body: { content },
    files: files.map((file, index) => ({ ...file, index: String(index) })),
    more: {
      ...(replied ? replyTo(discord, replied.message) : {}),
      ...(how.nonce === undefined ? {} : { nonce: how.nonce }),
    },
  });
}

/** @throws NotAllowedError for a person who is timed out; DiscordError 50013 without the permission to post, or to post files */
function assertMayPost(
  world: World,
  { id: userId, username }: APIUser,
  { channelId, files }: Pick<Post, "channelId" | "files">,
): void {
  const guild = guildOf(world, channelId);
  if (!guild) return;
  const may = (permission: bigint) => hasPermission(world, { userId, channelId }, permission);
  const maySend = may(world.threads.has(channelId) ? SendMessagesInThreads : SendMessages);
  if (!maySend && isTimedOut(world, guild, userId)) throw new NotAllowedError(`${username} is timed out.`);
  if (!maySend || (files.length > 0 && !may(AttachFiles))) throw missingPermissions();
}
