import { userMention } from "@discordjs/formatters";
import { DiscordAPIError, type REST } from "@discordjs/rest";
import { MessageFlags, Routes, type APIEmbed } from "discord-api-types/v10";
import { z } from "zod";
import { firstSnowflakeAt, snowflake, snowflakeTime } from "../platform/snowflake.ts";
import type { InteractionReference } from "../jobs/job.ts";
import { textsFor } from "../texts/texts.ts";

/** Messages that one request brings at the most. */
const PAGE = 100;
/** Requests for a late answer: behind as many pages of messages, posted since it could be late, it is not looked for. */
const MOST_PAGES = 30;
/** Milliseconds after the question from which on an answer may be late: those of the token, less a minute for clocks. */
const LATE_FROM = 14 * 60 * 1000;

/** What we look at in a message. */
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

/** Whether this message answers the interaction, and is neither "thinking" nor the news of a failure. */
export function isAnswer(
  { content, flags }: FoundMessage,
  { id, locale }: Pick<InteractionReference, "id" | "locale">,
): boolean {
  const { notAccepted, failed, forgetMe } = textsFor(locale);
  const none = [notAccepted, failed(id), forgetMe.removing];
  return (flags & MessageFlags.Loading) === 0 && !none.includes(content);
}

/**
 * When the interaction was answered, by what stands in its channel: the way to find out once its token is over. Where the
 * bot may not read the channel it says undefined, as for a channel without an answer.
 * @param late what would be posted now; the very same is an answer, too
 */
export async function findAnswer(
  channels: REST,
  to: InteractionReference,
  late: LateMessage,
): Promise<Date | undefined> {
  const isGiven = (message: FoundMessage): boolean =>
    (message.interaction_metadata?.id === to.id && isAnswer(message, to)) || isLate(message, to, late);
  const inTime = (await messagesAfter(to.id, channels, to)).find(isGiven);
  const found = inTime ?? (await findLate(isGiven, channels, to));
  return found === undefined ? undefined : new Date(found.edited_timestamp ?? found.timestamp);
}

async function findLate(
  isGiven: (message: FoundMessage) => boolean,
  channels: REST,
  to: InteractionReference,
): Promise<FoundMessage | undefined> {
  let after = firstSnowflakeAt(snowflakeTime(to.id).getTime() + LATE_FROM);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const messages = await messagesAfter(after, channels, to);
    const found = messages.find(isGiven);
    if (found !== undefined || messages.length < PAGE) return found;
    after = messages.map(({ id }) => id).reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b));
  }
  return undefined;
}

/** The body of an answer that is posted in the channel when the 15 minutes are over. */
export interface LateMessage {
  content: string;
  embeds: APIEmbed[];
}

/**
 * Discord recognises one that is sent again for a few minutes only. After that the time at which the person asked, in its
 * embed, tells it from the answers to others and to the same person.
 */
export function lateMessage(
  { id, userId }: InteractionReference,
  { content = "", embeds = [] }: { content?: string; embeds?: APIEmbed[] },
): LateMessage {
  const mention = userMention(userId);
  const timestamp = snowflakeTime(id).toISOString();
  return {
    content: content.includes(mention) ? content : `${mention} ${content}`,
    embeds: embeds.map((embed) => ({ ...embed, timestamp })),
  };
}

function isLate(
  { content, embeds }: FoundMessage,
  { id, userId }: InteractionReference,
  late: LateMessage,
): boolean {
  // The news of a failure has no embed, and names the interaction.
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
  const query = new URLSearchParams({ after: id, limit: String(PAGE) });
  const found: unknown = await channels
    .get(Routes.channelMessages(channelId), { query })
    .catch((error: unknown) => {
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return [];
      throw error;
    });
  return z.array(messageSchema).parse(found);
}
