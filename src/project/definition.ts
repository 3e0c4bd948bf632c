import { z } from "zod";
import { DEFAULT_SETTLE_AT } from "../labeling/settle-thresholds.ts";
import { settingsFields } from "../labeling/project-settings.ts";
import type { Question } from "../labeling/question.ts";
import { describeError } from "../platform/describe-error.ts";
import { snowflake } from "../platform/snowflake.ts";

const definition = z.strictObject({
  version: z.literal(1, "was written by a newer version of the bot; upgrade this process"),
  /** The channel that the project belongs to. */
  channel: snowflake,
  /** The server of the channel. */
  guild: snowflake,
  /** Rows hold a label's number. */
  ...settingsFields,
  createdAt: z.iso.datetime(),
  /** Name of the channel when the project was created. */
  name: z.string(),
  /** Set once the project is closed for good. */
  closedAt: z.iso.datetime().optional(),
});

/** What `projects/<id>/project.json` says about a project. */
export type ProjectDefinition = z.infer<typeof definition>;

/** The part of a definition that its managers may change. */
export type ProjectSettings = Pick<
  ProjectDefinition,
  "question" | "labels" | "offersUnsure" | "uploads" | "settleAt"
>;

export function questionOf({ question, labels, offersUnsure, settleAt }: ProjectDefinition): Question {
  return { text: question, labels, offersUnsure, settleAt };
}

/**
 * Checks a definition before it is stored.
 * @throws ZodError if it exceeds the limits
 */
export function encodeDefinition(value: ProjectDefinition): Buffer {
  const { settleAt, ...fields } = definition.parse(value);
  // Workers of before this setting refuse a definition that has it.
  const stored = settleAt === DEFAULT_SETTLE_AT ? fields : { ...fields, settleAt };
  return Buffer.from(`${JSON.stringify(stored, undefined, 2)}\n`);
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
