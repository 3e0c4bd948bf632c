import { REST } from "@discordjs/rest";
import { MessageFlags, RESTJSONErrorCodes, Routes } from "discord-api-types/v10";
import type { APIEmbed, APIMessageTopLevelComponent } from "discord-api-types/v10";
import type { InteractionReference, MessageReference } from "../jobs/references.ts";
import { hasErrorCode, retryUnknownMessage, TOKEN_EXPIRED } from "../platform/discord/requests.ts";
import { keyedMutex } from "../platform/keyed-mutex.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import type { Stats } from "../stats/stats.ts";
import { textsFor } from "../texts/texts.ts";
import { applicationIdReader } from "./application-id.ts";
import { channelReader, type Channels } from "./channels.ts";
import { isAnswer, messageSchema, postLate, type FoundMessage } from "./late-answer.ts";
import { withoutText, type AnswerFile } from "./message-parts.ts";
import { ownMessages, type OwnMessages } from "./own-messages.ts";
import { personMessages, type PersonMessages } from "./person-messages.ts";

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
const TOKEN_LIFETIME_MS = 15 * 60 * 1_000;
/** Discord does not limit the rate of answers to interactions, but its client limits all requests to 50 per second by default. */
const UNLIMITED_PER_SECOND = 1_000_000;
/**
 * How often Discord's client drops idle request queues. It keeps one of about 1 kB for every token, and by default drops them
 * once an hour: at 200 answers per second that would be 700 MB.
 */
const SWEEP_INTERVAL_MS = 1_000;
/** Number of answers that this process remembers, to recognize a redelivery of their jobs. */
const MAX_RECENT_ANSWERS = 10_000;

export interface AnswerMessage {
  content?: string;
  embeds?: APIEmbed[];
  /** Components V2, which exclude content and embeds. */
  components?: APIMessageTopLevelComponent[];
  flags?: MessageFlags;
  files?: AnswerFile[];
  /** For a client without Discord, which gets nothing else. */
  stats?: Stats;
}

type PrivateMessage = Pick<AnswerMessage, "content" | "components" | "flags">;

interface GiveOptions {
  /** Whether an earlier delivery may have given the answer, which then stays as it is. */
  again: boolean;
  /** After the token's 15 minutes: post in the channel and mention the person, or drop the answer. */
  late: "post" | "drop";
}

/** Answers on Discord. All methods throw DiscordAPIError if Discord refuses for good. */
export interface Answers {
  /** The id of the application that the token belongs to. Discord is asked at the first call. Rejects while it cannot be reached. */
  applicationId(): Promise<string>;
  /**
   * Replaces "thinking" with the answer.
   * @returns when the answer was given
   */
  give(to: InteractionReference, message: AnswerMessage, options: GiveOptions): Promise<Date>;
  /** Replaces the bot's reply to a message with the answer. */
  editReply(to: MessageReference, message: AnswerMessage, options: Pick<GiveOptions, "again">): Promise<void>;
  /** Whether an earlier delivery has answered the interaction, as far as can be seen. */
  isGiven(to: InteractionReference): Promise<boolean>;
  /** Id of the message that answers the interaction, "thinking…" included. Undefined if it is deleted, or the token has expired. */
  messageId(to: InteractionReference): Promise<string | undefined>;
  /** Whether the bot's reply to a message is an answer by now, or deleted: then there is nothing to answer. */
  isReplied(to: MessageReference): Promise<boolean>;
  /** Deletes a public "thinking" and tells only the person; does nothing after the token's 15 minutes. */
  tellPrivately(to: InteractionReference, message: PrivateMessage): Promise<void>;
  /** Tells only the person, below the message whose button they pressed; does nothing after the token's 15 minutes. */
  tellBeside(to: InteractionReference, content: string): Promise<void>;
  /** Existing messages of the bot. */
  messages: OwnMessages;
  /** Messages that people sent to the bot. */
  personMessages: PersonMessages;
  channels: Channels;
}

interface Options {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  /** Milliseconds since 1970. */
  now: () => number;
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** Answers through Discord's REST API. */
export function answers({ token, api, now, wait }: Options): Answers {
  const interactions = new REST({
    api,
    globalRequestsPerSecond: UNLIMITED_PER_SECOND,
    handlerSweepInterval: SWEEP_INTERVAL_MS,
  });
  const botRest = new REST({ api }).setToken(token);
  const lock = keyedMutex();
  /** Ids of the interactions that this process answered last, oldest first. */
  const recent = new Set<string>();

  const isExpired = ({ id }: InteractionReference): boolean =>
    now() - snowflakeTime(id).getTime() > TOKEN_LIFETIME_MS;

  const retry = <T>(request: () => Promise<T>): Promise<T> => retryUnknownMessage(request, wait);

  async function readOriginal(to: InteractionReference): Promise<FoundMessage> {
    return messageSchema.parse(await retry(() => interactions.get(originalOf(to), { auth: false })));
  }

  /** Returns undefined if the message is deleted, or the token has expired. */
  async function findOriginal(to: InteractionReference): Promise<FoundMessage | undefined> {
    try {
      return await readOriginal(to);
    } catch (error) {
      if (hasErrorCode(error, [...TOKEN_EXPIRED, RESTJSONErrorCodes.UnknownMessage])) return undefined;
      throw error;
    }
  }

  /** Returns undefined if the token has expired. */
  async function replaceThinking(
    to: InteractionReference,
    message: AnswerMessage,
    again: boolean,
  ): Promise<Date | undefined> {
    try {
      if (again) {
        const found = await readOriginal(to);
        if (isAnswer(found, to)) return new Date(found.edited_timestamp ?? now());
      }
      const { files = [], stats: _, ...body } = message;
      const attachments = files.map(({ name }, index) => ({ id: String(index), filename: name }));
      const edit = {
        auth: false,
        body: { ...body, ...withoutText(message), attachments, allowed_mentions: { parse: [] } },
        files,
      };
      await retry(() => interactions.patch(originalOf(to), edit));
      return new Date(now());
    } catch (error) {
      if (hasErrorCode(error, TOKEN_EXPIRED)) return undefined;
      // Discord refuses text in place of Components V2, which only an earlier answer can have put there.
      if (!again && hasErrorCode(error, [RESTJSONErrorCodes.InvalidFormBodyOrContentType]))
        return replaceThinking(to, message, true);
      // Somebody deleted "thinking": there is nothing left to answer.
      if (hasErrorCode(error, [RESTJSONErrorCodes.UnknownMessage])) return new Date(now());
      throw error;
    }
  }

  async function isReplied(to: MessageReference): Promise<boolean> {
    const reply = Routes.channelMessage(to.channelId, to.replyId);
    const found: unknown = await retry(() => botRest.get(reply)).catch(ignoreUnknownMessage);
    if (found === undefined) return true;
    const message = messageSchema.parse(found);
    return isAnswer(message, to) && message.content !== textsFor(to.locale).upload.looking;
  }

  async function followUp(
    { applicationId, token }: InteractionReference,
    { flags, ...message }: PrivateMessage,
  ): Promise<void> {
    const body = {
      ...message,
      flags: (flags ?? 0) | MessageFlags.Ephemeral,
      allowed_mentions: { parse: [] },
    };
    await interactions.post(Routes.webhook(applicationId, token), { auth: false, body });
  }

  return {
    applicationId: applicationIdReader({ token, api }),

    async give(to, message, options) {
      return lock(to.id, async () => {
        const again = options.again || recent.has(to.id);
        recent.add(to.id);
        const [oldest = ""] = recent;
        if (recent.size > MAX_RECENT_ANSWERS) recent.delete(oldest);
        const inTime = isExpired(to) ? undefined : await replaceThinking(to, message, again);
        if (inTime !== undefined) return inTime;
        const earlier = options.late === "post" ? await postLate(botRest, to, message, again) : undefined;
        return earlier ?? new Date(now());
      });
    },

    async editReply(to, { content = "", components = [], files = [] }, { again }) {
      if (again && (await isReplied(to))) return;
      const attachments = files.map(({ name }, index) => ({ id: String(index), filename: name }));
      const body = { content, components, attachments, allowed_mentions: { parse: [] } };
      const reply = Routes.channelMessage(to.channelId, to.replyId);
      await retry(() => botRest.patch(reply, { body, files })).catch(ignoreUnknownMessage);
    },

    isReplied,

    messages: ownMessages({ interactions, channels: botRest, retry }),

    personMessages: personMessages(botRest),

    channels: channelReader(botRest),

    async isGiven(to) {
      const original = await findOriginal(to);
      return original !== undefined && isAnswer(original, to);
    },

    messageId: async (to) => (await findOriginal(to))?.id,

    async tellPrivately(to, message) {
      if (isExpired(to)) return;
      try {
        // A follow-up to a "thinking" that is still there would replace it and be public too.
        await retry(() => interactions.delete(originalOf(to), { auth: false })).catch(ignoreUnknownMessage);
        await followUp(to, message);
      } catch (error) {
        ignoreExpiredToken(error);
      }
    },

    tellBeside: (to, content) => followUp(to, { content }).catch(ignoreExpiredToken),
  };
}

/** The route of "thinking" and of the answer that replaces it. `Routes` percent-encodes the token. */
function originalOf({ applicationId, token }: InteractionReference): `/${string}` {
  return Routes.webhookMessage(applicationId, token);
}

function ignoreUnknownMessage(error: unknown): void {
  if (!hasErrorCode(error, [RESTJSONErrorCodes.UnknownMessage])) throw error;
}

function ignoreExpiredToken(error: unknown): void {
  if (!hasErrorCode(error, TOKEN_EXPIRED)) throw error;
}
