import type { Message, OmitPartialGroupDMChannel } from "discord.js";
import { rightsOf } from "../commands/rights.ts";
import { commandMentions } from "../commands/metadata.ts";
import { placeOf } from "../commands/place.ts";
import type { RateLimit } from "../jobs/declaration.ts";
import { attachedFiles, type MessageReference } from "../jobs/references.ts";
import { UPLOAD_LIMIT } from "../jobs/upload.ts";
import { retryConnectionLoss, retryUnknownMessage } from "../platform/discord/requests.ts";
import { textsFor } from "../texts/texts.ts";
import type { DispatchContext, RequestOutcome } from "./dispatch.ts";

/** Limits the bot's explanations: a person who keeps writing does not get one for every message. */
const HINT_LIMIT: RateLimit = { points: 3, per: "minute", counts: "times" };

type ReceivedMessage = OmitPartialGroupDMChannel<Message>;

/**
 * Queues the upload of images in a direct message, or in a message that mentions the bot. Messages have no interaction to
 * answer, so the bot replies first and the worker edits that reply. Never throws.
 */
export async function receiveMessage(message: ReceivedMessage, context: DispatchContext): Promise<void> {
  if (!isForUs(message)) return;
  const log = context.log.child({ interaction: message.id, from: "message" });
  log.debug("received");
  const result = await answer(message, { ...context, log }).catch((error: unknown) => {
    log.error({ err: error }, "the message could not be answered");
    return "failed" as const;
  });
  if (result !== undefined) context.observe?.requested("message", result);
}

/** @returns undefined if the message asked for nothing */
async function answer(
  message: ReceivedMessage,
  context: DispatchContext,
): Promise<RequestOutcome | undefined> {
  // Discord does not say which language a message's author uses.
  const locale = message.guild?.preferredLocale ?? "en-US";
  const { upload: t, tooMany, notAccepted } = textsFor(locale);
  const files = attachedFiles(message.attachments.values());
  if (files.length === 0) {
    const name = commandMentions(locale, context.commandIds);
    const hello = t.hello(name("stats"), name("hotdog"), name("help"));
    await hint(message, `${hello}\n\n${t.hint}\n-# ${t.purpose}`, context);
    return undefined;
  }
  if (!(await context.limiter(UPLOAD_LIMIT, message.author.id, files.length))) {
    await hint(message, tooMany(UPLOAD_LIMIT.points, UPLOAD_LIMIT.counts, UPLOAD_LIMIT.per), context);
    context.log.info("refused");
    return "refused";
  }
  const placeholder = await reply(message, t.looking);
  context.log.debug("acknowledged");
  const reference = { ...(await referenceTo(message, context)), locale, replyId: placeholder.id };
  try {
    await context.jobs.send({ kind: "message-upload", message: reference, files });
    context.log.info({ kind: "message-upload" }, "queued");
    return "queued";
  } catch (error) {
    context.log.error({ err: error }, "the queue did not accept the job");
    const current = await retryUnknownMessage(() => retryConnectionLoss(() => placeholder.fetch()));
    if (current.content === t.looking)
      await retryUnknownMessage(() => retryConnectionLoss(() => placeholder.edit({ content: notAccepted })));
    return "not_accepted";
  }
}

/** What the worker needs to know about a message and its author. */
async function referenceTo(
  message: ReceivedMessage,
  { admins }: DispatchContext,
): Promise<Omit<MessageReference, "locale" | "replyId">> {
  const { id, channelId, guildId } = message;
  const userId = message.author.id;
  await loadParent(message);
  const place = placeOf(message.channel);
  const permissions =
    message.inGuild() && message.member ? message.channel.permissionsFor(message.member) : null;
  const rights = rightsOf({ userId, guildId, permissions }, admins);
  return { id, channelId, guildId, userId, ...(place && { place }), rights };
}

/** Loads the channel of a thread, which a message does not name. Without it, the worker has to ask Discord. */
async function loadParent({ channel }: ReceivedMessage): Promise<void> {
  if (!channel.isThread() || channel.parent !== null || channel.parentId === null) return;
  await channel.guild.channels.fetch(channel.parentId).catch(() => {});
}

function isForUs(message: ReceivedMessage): boolean {
  const { author, client, content, guildId } = message;
  if (author.bot || message.system) return false;
  // Only an explicit mention counts: a reply to the bot also pings it.
  return guildId === null || new RegExp(`<@!?${client.user.id}>`).test(content);
}

async function hint(message: ReceivedMessage, content: string, { limiter }: DispatchContext): Promise<void> {
  if (await limiter(HINT_LIMIT, message.author.id)) await reply(message, content);
}

/** Replies once, even if two processes receive the message or the response is lost: Discord drops a repeated nonce. */
async function reply(message: ReceivedMessage, content: string): Promise<ReceivedMessage> {
  return retryConnectionLoss(() =>
    message.reply({
      content,
      nonce: message.id,
      enforceNonce: true,
      allowedMentions: { parse: [], repliedUser: false },
    }),
  );
}
