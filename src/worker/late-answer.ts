import { userMention } from "@discordjs/formatters";
import { DiscordAPIError, type REST } from "@discordjs/rest";
import { MessageFlags, Routes, type APIEmbed } from "discord-api-types/v10";
import { z } from "zod";
import type { InteractionReference } from "../jobs/references.ts";
import { firstSnowflakeAt, snowflake, snowflakeTime } from "../platform/snowflake.ts";
import { textsFor } from "../texts/texts.ts";

/** Discord's maximum number of messages in one response. */
const PAGE_SIZE = 100;
/** An earlier late answer is looked for among the first 3,000 messages since it could have been posted. */
const MAX_PAGES = 30;
/** When an answer may be late, counted from the question: the token's 15 minutes, less one for differing clocks. */
const LATE_AFTER_MS = 14 * 60 * 1_000;

/** The fields of a message that we look at. */
export const messageSchema = z.object({
  id: snowflake,
  content: z.string(),
  flags: z.int().default(0),
  edited_timestamp: z.string().nullish(),
  timestamp: z.string(),
  interaction_metadata: z.object({ id: z.string() }).optional(),
  embeds: z.array(z.object({ timestamp: z.string().nullish() })).default([]),
});
export type FoundMessage = z.infer<typeof messageSchema>;

/** Whether this message is an answer: neither "thinking" nor the news of a failure. */
export function isAnswer(
  { content, flags }: FoundMessage,
  { id, locale }: Pick<InteractionReference, "id" | "locale">,
): boolean {
  const { notAccepted, failed, forgetMe, project } = textsFor(locale);
  const placeholders = [notAccepted, failed(id), forgetMe.removing, project.closing];
  return (flags & MessageFlags.Loading) === 0 && !placeholders.includes(content);
}

/**
 * Posts an answer in the channel, with a mention of the person, after the interaction's token has expired.
 * @param again whether an earlier delivery may have answered, in time or late
 * @returns when it answered, if it did; then nothing is posted
 */
export async function postLate(
  channels: REST,
  to: InteractionReference,
  message: Partial<LateMessage>,
  again: boolean,
): Promise<Date | undefined> {
  const late = lateMessage(to, message);
  const earlier = again ? await findAnswer(channels, to, late) : undefined;
  if (earlier !== undefined) return earlier;
  const body = {
    ...late,
    allowed_mentions: { users: [to.userId] },
    // For a few minutes, Discord does not post a message with the same nonce twice.
    nonce: to.id,
    enforce_nonce: true,
  };
  await channels.post(Routes.channelMessages(to.channelId), { body });
  return undefined;
}

interface LateMessage {
  content: string;
  embeds: APIEmbed[];
}

/**
 * The nonce prevents duplicates for a few minutes only. After that the time of the question, in the embed, distinguishes this
 * answer from those to other questions, even of the same person.
 */
function lateMessage(
  { id, userId }: InteractionReference,
  { content = "", embeds = [] }: Partial<LateMessage>,
): LateMessage {
  const mention = userMention(userId);
  const timestamp = snowflakeTime(id).toISOString();
  return {
    content: content.includes(mention) ? content : `${mention} ${content}`,
    embeds: embeds.map((embed) => ({ ...embed, timestamp })),
  };
}

/**
 * Finds out from the messages in the channel when the interaction was answered: the only way once its token has expired.
 * Returns undefined if there is no answer, and also if the bot may not read the channel.
 * @param late the message that would be posted now; an identical one counts as the answer
 */
async function findAnswer(
  channels: REST,
  to: InteractionReference,
  late: LateMessage,
): Promise<Date | undefined> {
  const matches = (message: FoundMessage): boolean =>
    (message.interaction_metadata?.id === to.id && isAnswer(message, to)) || isLate(message, to, late);
  const inTime = (await messagesAfter(to.id, channels, to)).find(matches);
  const found = inTime ?? (await findLate(matches, channels, to));
  return found === undefined ? undefined : new Date(found.edited_timestamp ?? found.timestamp);
}

async function findLate(
  matches: (message: FoundMessage) => boolean,
  channels: REST,
  to: InteractionReference,
): Promise<FoundMessage | undefined> {
  let after = firstSnowflakeAt(snowflakeTime(to.id).getTime() + LATE_AFTER_MS);
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const messages = await messagesAfter(after, channels, to);
    const found = messages.find(matches);
    if (found !== undefined || messages.length < PAGE_SIZE) return found;
    after = messages.map(({ id }) => id).reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b));
  }
  return undefined;
}

function isLate(
  { content, embeds }: FoundMessage,
  { id, userId }: InteractionReference,
  late: LateMessage,
): boolean {
  // The news of a failure has no embed, and its text contains the interaction's id.
  if (embeds.length === 0) return late.embeds.length === 0 && content === late.content;
  const asked = snowflakeTime(id).getTime();
  const isOfThen = embeds.some(({ timestamp }) => Date.parse(timestamp ?? "") === asked);
  return isOfThen && content.includes(userMention(userId));
}

async function messagesAfter(
  id: string,
  channels: REST,
  { channelId }: InteractionReference,
): Promise<FoundMessage[]> {
  const query = new URLSearchParams({ after: id, limit: String(PAGE_SIZE) });
  const found: unknown = await channels
    .get(Routes.channelMessages(channelId), { query })
    .catch((error: unknown) => {
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return [];
      throw error;
    });
  return z.array(messageSchema).parse(found);
}
