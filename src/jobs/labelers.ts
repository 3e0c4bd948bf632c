/** What moderators see of the people who label, and what they can do about it. */
import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage, type RateLimit } from "./declaration.ts";
import { interaction, labeler, page } from "./references.ts";

/** One limit for looking and for deciding. */
const LIMIT: RateLimit = { points: 30, per: "minute", counts: "times" };

/** Limit of a reason, in UTF-16 units. */
export const MAX_REASON_LENGTH = 200;

const labelers = z.object({
  kind: z.literal("labelers"),
  interaction,
  /** The project that the pressed button is of. By default, that of the channel. */
  project: snowflake.nullable().optional(),
  /** The first page by default. */
  page: page.optional(),
  /** The private message whose button was pressed, and which shows the result. By default, the answer is a new message. */
  messageId: snowflake.optional(),
});
export type LabelersJob = z.infer<typeof labelers>;

/** Shows a moderator how well people label. */
export const LABELERS_JOB = interactionJob(labelers, {
  limit: LIMIT,
  recipient: pressedMessage,
});

const exclude = z.object({
  kind: z.literal("exclude"),
  interaction,
  project: snowflake.nullable(),
  /** The page that is shown. */
  page,
  /** The private message with the select menu, which shows the result. */
  messageId: snowflake,
  exclusion: z.object({
    labeler,
    excluded: z.boolean(),
    /** May be empty when an exclusion is taken back. */
    reason: z.string().max(MAX_REASON_LENGTH),
  }),
});
export type ExcludeJob = z.infer<typeof exclude>;

/** Excludes a person's answers from a project, or takes that back. */
export const EXCLUDE_JOB = interactionJob(exclude, {
  limit: LIMIT,
  recipient: pressedMessage,
});

/** Something that a moderator can decide about a person. */
export interface ExclusionChoice {
  /** Pseudonym. */
  labeler: string;
  /** Whether the person is to be excluded, or an exclusion is to be taken back. */
  excluded: boolean;
}

/** Encodes a choice as a value of a select menu, which Discord limits to 100 characters. */
export function formatExclusionChoice({ labeler: name, excluded }: ExclusionChoice): string {
  return `${excluded ? "exclude" : "take-back"}:${name}`;
}

/** Decodes the value of a select menu. Returns undefined for any other text. */
export function parseExclusionChoice(value: string): ExclusionChoice | undefined {
  const [action = "", name] = value.split(":");
  if (!["exclude", "take-back"].includes(action)) return undefined;
  const parsed = labeler.safeParse(name);
  return parsed.success ? { labeler: parsed.data, excluded: action === "exclude" } : undefined;
}
