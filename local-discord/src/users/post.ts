import type { APIMessage, APIUser } from "discord-api-types/v10";
import { replyTo } from "../messages/answer.ts";
import { createMessage } from "../messages/create.ts";
import type { File } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";
import { isSeenBy } from "../state/visibility.ts";
import { assertCanSendFiles, NotAllowedError } from "./not-allowed.ts";

/** What a person sends to a channel. */
interface Post {
  channelId: string;
  content: string;
  files: readonly File[];
  /** The id of the message it replies to, whose author it mentions. */
  replyTo?: string | undefined;
  nonce?: string;
}

/** Posts as a person. Throws NotAllowedError or, as for bots, DiscordError. */
export function post(
  discord: Discord,
  author: APIUser,
  { channelId, content, files, ...how }: Post,
): APIMessage {
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
