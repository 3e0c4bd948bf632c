import { MessageFlags, type APIMessage } from "discord.js";
import { en } from "../../src/texts/en.ts";

/** What a person sees of a command, a press or an upload. */
export type VisibleState =
  | "answered"
  /** A message that it has failed for good. */
  | "failed"
  /** A message that the queue did not accept it. */
  | "notAccepted"
  /** Discord's message that the interaction failed, because it was never acknowledged. */
  | "unacknowledged"
  /** "Thinking…": acknowledged, but not answered. */
  | "thinking"
  /** A message that a rate limit was hit, or that it is no longer possible. */
  | "refused";

const FAILURE_START = en.failed("").slice(0, 50);
const ADDED = en.upload.outcome.added;

/** @param answer the response message to the interaction, if there is one */
export function visibleState(answer: APIMessage | undefined): VisibleState {
  if (answer === undefined) return "unacknowledged";
  const { flags = 0, content, embeds } = answer;
  if ((flags & MessageFlags.Loading) !== 0) return "thinking";
  if (content === en.notAccepted) return "notAccepted";
  if (content.startsWith(FAILURE_START)) return "failed";
  const isAnswer = embeds.length > 0 || content.startsWith("Saved: ") || content.includes(ADDED);
  return isAnswer ? "answered" : "refused";
}
