import { MessageFlags, type APIMessage } from "discord.js";
import { en } from "../../src/texts/en.ts";

/** What a person sees in the end of a command or a press. */
export type Fate =
  | "answered"
  /** Told that it failed for good. */
  | "failed"
  /** Told that the queue did not take it. */
  | "notAccepted"
  /** Never acknowledged, as Discord shows. */
  | "unacknowledged"
  /** Acknowledged, and neither answered nor told otherwise. */
  | "thinking"
  /** Told that it was too much, or no longer possible. */
  | "refused";

const FAILED = en.failed("").slice(0, 50);

/** @param answer the message in answer to the interaction, if there is one */
export function fateOf(answer: APIMessage | undefined): Fate {
  if (answer === undefined) return "unacknowledged";
  const { flags = 0, content, embeds } = answer;
  if ((flags & MessageFlags.Loading) !== 0) return "thinking";
  if (content === en.notAccepted) return "notAccepted";
  if (content.startsWith(FAILED)) return "failed";
  return embeds.length > 0 || content.startsWith("Saved: ") ? "answered" : "refused";
}
