import type { APIMessage, APIUser } from "discord-api-types/v10";
import { unknownChannel } from "../errors.ts";
import { replyTo } from "../messages/answer.ts";
import { createMessage } from "../messages/create.ts";
import type { File } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";
import { isIn, isSeenBy } from "../state/visibility.ts";
import { assertCanSendFiles, NotAllowedError } from "./not-allowed.ts";

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
