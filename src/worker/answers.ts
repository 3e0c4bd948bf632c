import { DiscordAPIError, REST, RESTJSONErrorCodes, Routes, userMention, type APIEmbed } from "discord.js";
import { snowflakeTime } from "../domain/snowflake.ts";
import type { InteractionReference } from "../queue/job.ts";
import { turnstile } from "../turnstile.ts";
import { answerIn, isAnswer, messageSchema } from "./given-answer.ts";
import { recently } from "./recently.ts";

/** How long an interaction's token is good for, in milliseconds. */
const TOKEN_LIFETIME = 15 * 60 * 1000;

/** Discord sets no limit of its own on interaction answers; its client would hold them to 50 a second. */
const UNLIMITED = 1_000_000;

/** Answers of which a second delivery to this process is recognised. */
const REMEMBERED = 10_000;

interface Message {
  content: string;
  embeds?: APIEmbed[];
}

export interface Answers {
  /**
   * Puts the answer in place of "thinking" or, when the interaction's 15 minutes are over, in the channel, mentioning the
   * asker. With `again`, an answer that an earlier delivery has given stays as it is.
   * @returns when the answer was given
   */
  give(to: InteractionReference, message: Message, options: { again: boolean }): Promise<Date>;
}

interface Options {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Answers through Discord's REST API. Throws DiscordAPIError where Discord refuses for good, after the client's retries. */
export function answers({ token, api, now }: Options): Answers {
  const interactions = new REST({ api, globalRequestsPerSecond: UNLIMITED });
  const channels = new REST({ api }).setToken(token);
  const inTurn = turnstile();
  const seen = recently(REMEMBERED);

  /** undefined when the 15 minutes are over */
  async function fill(to: InteractionReference, message: Message, again: boolean): Promise<Date | undefined> {
    const original = Routes.webhookMessage(to.applicationId, to.token);
    try {
      if (again) {
        const found = messageSchema.parse(await interactions.get(original, { auth: false }));
        if (isAnswer(found, to)) return new Date(found.edited_timestamp ?? now());
      }
      await interactions.patch(original, {
        auth: false,
        body: { ...message, allowed_mentions: { parse: [] } },
      });
      return new Date(now());
    } catch (error) {
      if (isCode(error, TOKEN_OVER)) return undefined;
      // Somebody has deleted the "thinking", and with it the wish for an answer.
      if (isCode(error, [RESTJSONErrorCodes.UnknownMessage])) return new Date(now());
      throw error;
    }
  }

  async function post(to: InteractionReference, message: Message, again: boolean): Promise<Date> {
    const given = again ? await answerIn(channels, to) : undefined;
    if (given !== undefined) return given;
    const mention = userMention(to.userId);
    const content = message.content.includes(mention) ? message.content : `${mention} ${message.content}`;
    const body = {
      ...message,
      content,
      allowed_mentions: { users: [to.userId] },
      // Within a few minutes, the same message sent again is not posted twice.
      nonce: to.id,
      enforce_nonce: true,
    };
    await channels.post(Routes.channelMessages(to.channelId), { body });
    return new Date(now());
  }

  return {
    async give(to, message, options) {
      return inTurn(to.id, async () => {
        const again = options.again || seen.has(to.id);
        seen.add(to.id);
        const expired = now() - snowflakeTime(to.id).getTime() > TOKEN_LIFETIME;
        const given = expired ? undefined : await fill(to, message, again);
        return given ?? post(to, message, again);
      });
    },
  };
}

const TOKEN_OVER = [RESTJSONErrorCodes.InvalidWebhookToken, RESTJSONErrorCodes.UnknownWebhook];

function isCode(error: unknown, codes: readonly RESTJSONErrorCodes[]): boolean {
  return error instanceof DiscordAPIError && codes.some((code) => code === error.code);
}
