import { z } from "zod";
import { DEFAULT_SETTLE_AT, SETTLE_THRESHOLDS } from "./settle-thresholds.ts";
import { MAX_LABEL_LENGTH, MAX_LABELS, MAX_QUESTION_LENGTH, MIN_LABELS } from "./question.ts";

/**
 * Who may add images to a project. "approval": everyone, but images of others than moderators wait until a moderator approves them.
 * The order must not change: messages with the settings of a project refer to it.
 */
export const UPLOADERS = ["everyone", "moderators", "approval"] as const;

/** Who may add images of hot dogs. "approval": as in a project. "home": people in the home server. */
export const HOTDOG_UPLOADERS = ["everyone", "approval", "home"] as const;
export type HotdogUploaders = (typeof HOTDOG_UPLOADERS)[number];

/** Text that people see on one line, with a limit in UTF-16 units. */
const line = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line")
    .refine((text) => text.trim() === text, "must not start or end with a space");

/** The fields that the managers of a project set. */
export const settingsFields = {
  question: line(MAX_QUESTION_LENGTH),
  /** Names of the labels. The number of a label is its index in this list. */
  labels: z
    .array(line(MAX_LABEL_LENGTH))
    .min(MIN_LABELS)
    .max(MAX_LABELS)
    .refine((labels) => repeatedLabels(labels).length === 0, "must differ"),
  /** Whether rounds offer "Not sure" as an answer besides the labels. */
  offersUnsure: z.boolean(),
  uploads: z.enum(UPLOADERS),
  /** The probability of its label from which an image is settled. Older projects do not have it. */
  settleAt: z.literal(SETTLE_THRESHOLDS).default(DEFAULT_SETTLE_AT),
};

/** Returns each label that occurs more than once, also in another Unicode form. */
export function repeatedLabels(labels: readonly string[]): string[] {
  const groups = Map.groupBy(labels, (label) => label.normalize());
  return [...groups.values()].flatMap(([first = "", ...others]) => (others.length > 0 ? [first] : []));
}
