import { DiscordAPIError, MessageFlags, Routes, type REST } from "discord.js";
import { z } from "zod";
import type { InteractionReference } from "../queue/job.ts";
import { textsFor } from "../texts/texts.ts";

/** As many as one request brings. */
const LOOKED_AT = 100;

/** What we look at in a message. */
export const messageSchema = z.object({
  content: z.string(),
  flags: z.int().default(0),
  edited_timestamp: z.string().nullish(),
  timestamp: z.string(),
  interaction_metadata: z.object({ id: z.string() }).optional(),
});
export type FoundMessage = z.infer<typeof messageSchema>;

/** Whether this message answers the interaction, and is neither "thinking" nor the news of a failure. */
export function isAnswer(
  { content, flags }: FoundMessage,
  { id, locale }: Pick<InteractionReference, "id" | "locale">,
): boolean {
  const { notAccepted, failed } = textsFor(locale);
  return (flags & MessageFlags.Loading) === 0 && content !== notAccepted && content !== failed(id);
}

/**
 * When the interaction was answered, by what stands in its channel: the way to find out once its token is over. Where the
 * bot may not read the channel it says undefined, as for a channel without an answer.
 */
export async function answerIn(channels: REST, to: InteractionReference): Promise<Date | undefined> {
  const query = new URLSearchParams({ after: to.id, limit: String(LOOKED_AT) });
  const found: unknown = await channels
    .get(Routes.channelMessages(to.channelId), { query })
    .catch((error: unknown) => {
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return [];
      throw error;
    });
  const answer = z
    .array(messageSchema)
    .parse(found)
    .find((message) => message.interaction_metadata?.id === to.id && isAnswer(message, to));
  return answer === undefined ? undefined : new Date(answer.edited_timestamp ?? answer.timestamp);
}
