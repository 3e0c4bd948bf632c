import { z } from "zod";
import {
  MAX_LABEL_LENGTH,
  MAX_LABELS,
  MAX_QUESTION_LENGTH,
  MIN_LABELS,
  type Question,
} from "../labeling/question.ts";
import { describeError } from "../platform/describe-error.ts";
import { snowflake } from "../platform/snowflake.ts";

/** Who may add images to a project. */
const UPLOADERS = ["everyone", "moderators"] as const;

/** Text that people see on one line. */
const line = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line")
    .refine((text) => text.trim() === text, "must not start or end with a space");

const definition = z.strictObject({
  version: z.literal(1, "was written by a newer version of the bot; upgrade this process"),
  /** The channel that the project belongs to. */
  channel: snowflake,
  /** The server of the channel. */
  guild: snowflake,
  question: line(MAX_QUESTION_LENGTH),
  /** Names of the labels. Rows hold a label's index. */
  labels: z
    .array(line(MAX_LABEL_LENGTH))
    .min(MIN_LABELS)
    .max(MAX_LABELS)
    .refine((labels) => new Set(labels).size === labels.length, "must differ"),
  offersUnsure: z.boolean(),
  uploads: z.enum(UPLOADERS),
  createdAt: z.iso.datetime(),
  /** Name of the channel when the project was created. */
  name: z.string(),
  /** Set once the project is closed for good. */
  closedAt: z.iso.datetime().optional(),
});

/** What `projects/<id>/project.json` says about a project. */
export type ProjectDefinition = z.infer<typeof definition>;

/** The part of a definition that its managers may change. */
export type ProjectSettings = Pick<ProjectDefinition, "question" | "labels" | "offersUnsure" | "uploads">;

export function questionOf({ question, labels, offersUnsure }: ProjectDefinition): Question {
  return { text: question, labels, offersUnsure };
}

/**
 * Checks a definition before it is stored.
 * @throws ZodError if it exceeds the limits
 */
export function encodeDefinition(value: ProjectDefinition): Buffer {
  return Buffer.from(`${JSON.stringify(definition.parse(value), undefined, 2)}\n`);
}

/**
 * Reads a stored definition.
 * @param key where it is stored, for the error
 * @throws Error that says what is wrong, if an editor has damaged it or a newer version has written it
 */
export function decodeDefinition(body: Buffer, key: string): ProjectDefinition {
  return decodeJson(definition, body, key);
}

/** Reads a stored JSON object by a schema. @throws Error that names the key and what is wrong */
export function decodeJson<T extends z.ZodType>(schema: T, body: Buffer, key: string): z.infer<T> {
  try {
    return schema.parse(JSON.parse(body.toString()));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : describeError(error);
    throw new Error(`${key} cannot be used, so restore or correct it: ${reason}`, { cause: error });
  }
}
