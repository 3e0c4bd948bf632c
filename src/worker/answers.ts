import { REST } from "@discordjs/rest";
import {
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type APIEmbed,
  type APIMessageTopLevelComponent,
} from "discord-api-types/v10";
import { snowflakeTime } from "../platform/snowflake.ts";
import { onceKnown } from "../platform/discord/once-known.ts";
import type { InteractionReference, MessageReference } from "../jobs/job.ts";
import { textsFor } from "../texts/texts.ts";
import { keyedMutex } from "../platform/keyed-mutex.ts";
import { findAnswer, isAnswer, lateMessage, messageSchema, type FoundMessage } from "./find-answer.ts";
import { isCode, TOKEN_OVER } from "../platform/discord/error-codes.ts";
import { ownMessages, type OwnMessages } from "./own-messages.ts";
import { ownApplication } from "./own-application.ts";

/** How long an interaction's token is good for, in milliseconds. */
const TOKEN_LIFETIME = 15 * 60 * 1000;

/** Discord sets no limit of its own on interaction answers; its client would hold them to 50 a second. */
const UNLIMITED = 1_000_000;

/**
 * Milliseconds. Discord's client keeps a queue for every token, about 1 kB, and by itself looks once an hour which are idle: at 200
 * answers a second that would be 700 MB.
 */
const SWEEP_INTERVAL = 1_000;

/** Number of answers whose redelivery to this process is recognized. */
const REMEMBERED = 10_000;

export interface AnswerMessage {
  content?: string;
  embeds?: APIEmbed[];
  /** Of Components V2, which go without content and embeds. */
  components?: APIMessageTopLevelComponent[];
  flags?: MessageFlags;
  /** Attachments; components name them as `attachment://<name>`. */
  files?: { name: string; data: Buffer; contentType: string }[];
}

interface GiveOptions {
  /** An answer that an earlier delivery may have given stays as it is. */
  again: boolean;
  /** When the interaction's 15 minutes are over: post in the channel, mentioning the asker, or let it be. */
  late: "post" | "drop";
}

export interface Answers {
  /** The id of our own application. Rejects while Discord does not tell. */
  applicationId(): Promise<string>;
  /**
   * Puts the answer in place of "thinking".
   * @returns when the answer was given
   */
  give(to: InteractionReference, message: AnswerMessage, options: GiveOptions): Promise<Date>;
  /** Puts the answer in place of the bot's reply to a message. */
  editReply(to: MessageReference, message: AnswerMessage, options: Pick<GiveOptions, "again">): Promise<void>;
  /** Whether an earlier delivery has answered the interaction, as far as can be seen. */
  isGiven(to: InteractionReference): Promise<boolean>;
  /** Whether the bot's reply to a message is an answer by now. */
  isReplied(to: MessageReference): Promise<boolean>;
  /** Takes a public "thinking" away and tells only the asker; nothing once the 15 minutes are over. */
  tellPrivately(to: InteractionReference, content: string): Promise<void>;
  /** Messages of the bot that are there already. */
  messages: OwnMessages;
}

interface Options {
  token: string;
  /** Base address of Discord's API. */
  api: string;
  /** Milliseconds since 1970. */
  now: () => number;
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** Answers through Discord's REST API. Throws DiscordAPIError where Discord refuses for good, after the client's retries. */
export function answers({ token, api, now, wait }: Options): Answers {
  const interactions = new REST({
    api,
    globalRequestsPerSecond: UNLIMITED,
    handlerSweepInterval: SWEEP_INTERVAL,
  });
  const channels = new REST({ api }).setToken(token);
  const inTurn = keyedMutex();
  const seen = recentSet(REMEMBERED);

  const isOver = ({ id }: InteractionReference): boolean =>
    now() - snowflakeTime(id).getTime() > TOKEN_LIFETIME;

  const known = <T>(request: () => Promise<T>): Promise<T> => onceKnown(request, wait);

  async function look(to: InteractionReference): Promise<FoundMessage> {
    return messageSchema.parse(await known(() => interactions.get(originalOf(to), { auth: false })));
  }

  /** undefined when the 15 minutes are over */
  async function fill(
    to: InteractionReference,
    message: AnswerMessage,
    again: boolean,
  ): Promise<Date | undefined> {
    try {
      if (again) {
        const found = await look(to);
        if (isAnswer(found, to)) return new Date(found.edited_timestamp ?? now());
      }
      const { files = [], ...body } = message;
      const attachments = files.map(({ name }, index) => ({ id: String(index), filename: name }));
      const edit = {
        auth: false,
        body: { ...body, ...withoutText(message), attachments, allowed_mentions: { parse: [] } },
        files,
      };
      await known(() => interactions.patch(originalOf(to), edit));
      return new Date(now());
    } catch (error) {
      if (isCode(error, TOKEN_OVER)) return undefined;
      // Discord takes no text in place of Components V2. They stand there only as an answer that was given before.
      if (!again && isCode(error, [RESTJSONErrorCodes.InvalidFormBodyOrContentType]))
        return fill(to, message, true);
      // Somebody has deleted the "thinking", and with it the wish for an answer.
      if (isCode(error, [RESTJSONErrorCodes.UnknownMessage])) return new Date(now());
      throw error;
    }
  }

  async function post(to: InteractionReference, message: AnswerMessage, again: boolean): Promise<Date> {
    const late = lateMessage(to, message);
    const given = again ? await findAnswer(channels, to, late) : undefined;
    if (given !== undefined) return given;
    const body = {
      ...late,
      allowed_mentions: { users: [to.userId] },
      // Within a few minutes, the same message sent again is not posted twice.
      nonce: to.id,
      enforce_nonce: true,
    };
    await channels.post(Routes.channelMessages(to.channelId), { body });
    return new Date(now());
  }

  async function isReplied(to: MessageReference): Promise<boolean> {
    const reply = Routes.channelMessage(to.channelId, to.replyId);
    const found: unknown = await known(() => channels.get(reply)).catch(ifGone);
    if (found === undefined) return true;
    const message = messageSchema.parse(found);
    return isAnswer(message, to) && message.content !== textsFor(to.locale).upload.looking;
  }

  return {
    applicationId: ownApplication({ token, api }),

    async give(to, message, options) {
      return inTurn(to.id, async () => {
        const again = options.again || seen.has(to.id);
        seen.add(to.id);
        const given = isOver(to) ? undefined : await fill(to, message, again);
        return given ?? (options.late === "post" ? post(to, message, again) : new Date(now()));
      });
    },

    async editReply(to, { content = "", components = [] }, { again }) {
      if (again && (await isReplied(to))) return;
      const body = { content, components, allowed_mentions: { parse: [] } };
      const reply = Routes.channelMessage(to.channelId, to.replyId);
      await known(() => channels.patch(reply, { body })).catch(ifGone);
    },

    isReplied,

    messages: ownMessages({ interactions, channels, known }),

    async isGiven(to) {
      try {
        return isAnswer(await look(to), to);
      } catch (error) {
        if (isCode(error, [...TOKEN_OVER, RESTJSONErrorCodes.UnknownMessage])) return false;
        throw error;
      }
    },

    async tellPrivately(to, content) {
      if (isOver(to)) return;
      const body = { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } };
      try {
        // First: the first follow-up would take the place of "thinking", and be as public.
        await known(() => interactions.delete(originalOf(to), { auth: false })).catch(ifGone);
        await interactions.post(Routes.webhook(to.applicationId, to.token), { auth: false, body });
      } catch (error) {
        if (!isCode(error, TOKEN_OVER)) throw error;
      }
    },
  };
}

/** The address of "thinking", and of what comes in its place. What of the token wants it is percent-encoded by `Routes`. */
function originalOf({ applicationId, token }: InteractionReference): `/${string}` {
  return Routes.webhookMessage(applicationId, token);
}

/**
 * Takes away the text that the message may have had, such as the news of a failure: Discord refuses Components V2 beside it
 * (50035, MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2).
 */
function withoutText({ flags }: AnswerMessage): { content: null; embeds: [] } | undefined {
  return ((flags ?? 0) & MessageFlags.IsComponentsV2) === 0 ? undefined : { content: null, embeds: [] };
}

function ifGone(error: unknown): void {
  if (!isCode(error, [RESTJSONErrorCodes.UnknownMessage])) throw error;
}

/** A set that keeps only the texts added last. */
function recentSet(capacity: number): { has(text: string): boolean; add(text: string): void } {
  const texts = new Set<string>();
  return {
    has: (text) => texts.has(text),
    add(text) {
      texts.add(text);
      const [oldest] = texts;
      if (texts.size > capacity && oldest !== undefined) texts.delete(oldest);
    },
  };
}
