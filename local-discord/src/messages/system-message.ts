import type { APIMessageReference, APIUser } from "discord-api-types/v10";
import type { MessageType } from "discord-api-types/v10";
import { blankMessage } from "./blank-message.ts";
import type { Discord } from "../state/discord.ts";

interface SystemMessage {
  type: MessageType;
  author: APIUser;
  channelId: string;
  content?: string;
  reference?: APIMessageReference;
  /** The users that it is about. */
  mentions?: APIUser[];
}

/**
 * Posts a message that Discord writes itself, as in "relish started a thread".
 * @see https://discord.com/developers/docs/resources/message#message-object-message-types
 */
export function postSystemMessage(
  discord: Discord,
  { type, author, channelId, content = "", reference, mentions = [] }: SystemMessage,
): void {
  const message = {
    ...blankMessage(discord, { author, channelId }),
    type,
    content,
    mentions,
    ...(reference ? { message_reference: reference } : {}),
  };
  discord.messages.add({ message, viewer: null });
}
