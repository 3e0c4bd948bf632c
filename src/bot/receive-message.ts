import type { Message, OmitPartialGroupDMChannel } from "discord.js";
import { attachedFiles } from "../commands/attached-files.ts";
import { mentions } from "../commands/mention.ts";
import { onceKnown } from "../platform/discord/once-known.ts";
import { textsFor } from "../texts/texts.ts";
import type { DispatchContext, RequestOutcome } from "./dispatch.ts";
import { withSecondTry } from "../platform/discord/second-try.ts";

type ReceivedMessage = OmitPartialGroupDMChannel<Message>;

/**
 * Takes images in a message that mentions the bot, or in a direct message, to the queue. A message has no interaction:
 * the bot replies first, and the worker edits that reply. Never throws.
 */
export async function receiveMessage(message: ReceivedMessage, context: DispatchContext): Promise<void> {
  if (!isForUs(message)) return;
  const log = context.log.child({ interaction: message.id, from: "message" });
  log.debug("received");
  const became = await answer(message, { ...context, log }).catch((error: unknown) => {
    log.error({ err: error }, "the message could not be answered");
    return "failed" as const;
  });
  if (became !== undefined) context.observe?.requested("message", became);
}

/** @returns undefined when it asked for nothing */
async function answer(
  message: ReceivedMessage,
  context: DispatchContext,
): Promise<RequestOutcome | undefined> {
  // A message does not tell its author's language.
  const locale = message.guild?.preferredLocale ?? "en-US";
  const t = textsFor(locale).upload;
  const files = attachedFiles(message.attachments.values());
  if (files.length === 0) {
    const name = mentions(locale, context.commandIds);
    const hello = t.hello(name("stats"), name("hotdog"), name("help"));
    await hint(message, `${hello}\n\n${t.hint}\n-# ${t.purpose}`, context);
    return undefined;
  }
  if (!(await context.limits.upload(message.author.id, files.length))) {
    await hint(message, t.tooMany, context);
    context.log.info("refused");
    return "refused";
  }
  const placeholder = await reply(message, t.looking);
  context.log.debug("acknowledged");
  const { id, channelId, guildId, author } = message;
  const reference = { id, channelId, guildId, userId: author.id, locale, replyId: placeholder.id };
  try {
    await context.jobs.send({ kind: "message-upload", message: reference, files });
    context.log.info({ kind: "message-upload" }, "queued");
    return "queued";
  } catch (error) {
    context.log.error({ err: error }, "the queue did not take the job");
    const { notAccepted } = textsFor(locale);
    const current = await onceKnown(() => withSecondTry(() => placeholder.fetch()));
    if (current.content === t.looking)
      await onceKnown(() => withSecondTry(() => placeholder.edit({ content: notAccepted })));
    return "not_accepted";
  }
}

function isForUs(message: ReceivedMessage): boolean {
  const { author, client, content, guildId } = message;
  if (author.bot || message.system) return false;
  // By name: a reply to us pings us too, but means no more than a reply.
  return guildId === null || new RegExp(`<@!?${client.user.id}>`).test(content);
}

/** Said now and then: a person who writes on and on gets no answer to each message. */
async function hint(message: ReceivedMessage, content: string, { limits }: DispatchContext): Promise<void> {
  if (await limits.hint(message.author.id)) await reply(message, content);
}

/** Discord posts it once, also when the same message reaches two processes or a first answer is lost. */
async function reply(message: ReceivedMessage, content: string): Promise<ReceivedMessage> {
  return withSecondTry(() =>
    message.reply({
      content,
      nonce: message.id,
      enforceNonce: true,
      allowedMentions: { parse: [], repliedUser: false },
    }),
  );
}
