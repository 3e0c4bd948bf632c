import type { APIMessage } from "discord-api-types/v10";
import { GatewayIntentBits } from "discord-api-types/v10";
import type { Session } from "./session.ts";

/**
 * A guild's message as a session gets it: without the intent MESSAGE_CONTENT its content, embeds, attachments and
 * components are empty, unless the bot wrote it or is mentioned in it. The same goes for the message it replies to.
 * https://discord.com/developers/docs/events/gateway#message-content-intent
 */
export function asDelivered(
  message: APIMessage,
  { intents }: Pick<Session, "intents">,
  botId: string,
): APIMessage {
  if ((intents & GatewayIntentBits.MessageContent) !== 0) return message;
  const { author, mentions, referenced_message: referenced } = message;
  const whole = author.id === botId || mentions.some(({ id }) => id === botId);
  return {
    ...message,
    ...(whole ? {} : { content: "", embeds: [], attachments: [], components: [] }),
    ...(referenced ? { referenced_message: asDelivered(referenced, { intents }, botId) } : {}),
  };
}
