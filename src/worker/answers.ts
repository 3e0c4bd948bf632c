import {
  DiscordAPIError,
  MessageFlags,
  REST,
  RESTJSONErrorCodes,
  Routes,
  type APIEmbed,
  type RESTPostAPIChannelMessageJSONBody,
} from "discord.js";
import { z } from "zod";
import { snowflakeTime } from "../domain/snowflake.ts";
import type { InteractionReference } from "../queue/job.ts";

/** How long an interaction's token is good for, in milliseconds. */
const TOKEN_LIFETIME = 15 * 60 * 1000;

/** Discord sets no limit of its own on interaction answers; its client would hold them to 50 a second. */
const UNLIMITED = 1_000_000;

interface Message {
  content: string;
  embeds?: APIEmbed[];
}

const originalResponse = z.object({
  flags: z.int().default(0),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
});

export interface Answers {
  /**
   * Puts the answer in place of "thinking" or, when the interaction's 15 minutes are over, in the channel, mentioning the
   * asker. With `again`, an answer that has been given before stays as it is.
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

  async function fill(to: InteractionReference, message: Message, again: boolean): Promise<Date | undefined> {
    const original = Routes.webhookMessage(to.applicationId, to.token);
    try {
      if (again) {
        const given = originalResponse.parse(await interactions.get(original, { auth: false }));
        if ((given.flags & MessageFlags.Loading) === 0)
          return new Date(given.edited_timestamp ?? given.timestamp);
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

  async function post(to: InteractionReference, message: Message): Promise<Date> {
    const body = {
      ...message,
      allowed_mentions: { users: [to.userId] },
      // The same message sent again within a few minutes is not posted twice.
      nonce: to.id,
      enforce_nonce: true,
    } satisfies RESTPostAPIChannelMessageJSONBody;
    await channels.post(Routes.channelMessages(to.channelId), { body });
    return new Date(now());
  }

  return {
    async give(to, message, { again }) {
      const expired = now() - snowflakeTime(to.id).getTime() > TOKEN_LIFETIME;
      const given = expired ? undefined : await fill(to, message, again);
      return given ?? post(to, message);
    },
  };
}

const TOKEN_OVER = [RESTJSONErrorCodes.InvalidWebhookToken, RESTJSONErrorCodes.UnknownWebhook];

function isCode(error: unknown, codes: readonly RESTJSONErrorCodes[]): boolean {
  return error instanceof DiscordAPIError && codes.some((code) => code === error.code);
}
