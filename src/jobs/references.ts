import { z } from "zod";
import { IMAGE_NAME } from "../labeling/images.ts";
import { isSecureUrl } from "../platform/secure-address.ts";
import { snowflake } from "../platform/snowflake.ts";
import { place, rights } from "./place.ts";

/** A Discord locale. The longest, "es-419", has 6 characters. */
export const locale = z.string().max(10);

/**
 * An interaction's token. It becomes part of a Discord API path, so it must not lead elsewhere: no separator, no percent sign
 * (which `Routes` does not encode) and no "." or ".." segment.
 */
const token = z.string().regex(/^(?!\.+$)[\w.~=-]{1,500}$/);

/** An interaction: what the worker needs to answer it, in the right language. */
export const interaction = z.object({
  /** Also the id of the job. Holds the time at which the person asked. */
  id: snowflake,
  /** The worker refuses jobs of any application but its own. */
  applicationId: snowflake,
  /** Valid for 15 minutes. A secret: never logged. */
  token,
  locale,
  guildId: snowflake.nullable(),
  /** The channel or thread. */
  channelId: snowflake,
  userId: snowflake,
  place: place.optional(),
  rights: rights.optional(),
});
export type InteractionReference = z.infer<typeof interaction>;

/** A message that a person sent to the bot, and the bot's reply to it. */
export const message = z.object({
  id: snowflake,
  channelId: snowflake,
  guildId: snowflake.nullable(),
  userId: snowflake,
  locale,
  /** The bot's reply, which the worker edits into the answer. */
  replyId: snowflake,
  place: place.optional(),
  rights: rights.optional(),
});
export type MessageReference = z.infer<typeof message>;

/** The file name of an image in the set. */
export const image = z.string().regex(IMAGE_NAME);

/** An image in the private message of a session, as its buttons carry it: sealed or, from earlier versions, its file name. */
export const shownImage = z.string().regex(/^(?:sealed-)?[0-9a-f]{64}\.(?:jpg|png|webp)$/);

/** The position of an image in its round, from 1. */
export const position = z.int().min(1).max(9);

/** How many of the images that need answers a person has skipped while labeling one at a time. */
export const skips = z.int().min(0).max(1_295);

/** The index of a page of a list. */
export const page = z.int().min(0).max(1_295);

/** The pseudonym of a person in one project. */
export const labeler = z.string().regex(/^[0-9a-f]{64}$/);

/** What a person can answer to an image: the number of one of the project's labels, or that they are not sure. */
export const answer = z.union([z.int().min(0).max(9), z.literal("unsure")]);

/** The id of a project, or null for the hot dogs. Older bots, which know no other project, do not set it. */
export const project = snowflake.nullable().default(null);

const MAX_NAME_LENGTH = 300;

/** A file that a person attached. */
export const attachedFile = z.object({
  /** Signed, and valid for a day. The worker fetches from known origins only. */
  url: z.url().refine(isSecureUrl, "must be an https address without a user (http only on this machine)"),
  name: z.string().max(MAX_NAME_LENGTH),
});
export type AttachedFile = z.infer<typeof attachedFile>;

/** Discord's maximum number of attachments of a message. */
export const MAX_FILES = 10;

/** What a job says about attachments: the first of them, with their names cut. */
export function attachedFiles(attachments: Iterable<AttachedFile>): AttachedFile[] {
  const all = Array.from(attachments, ({ url, name }) => ({ url, name: name.slice(0, MAX_NAME_LENGTH) }));
  return all.slice(0, MAX_FILES);
}

/** The position of a file in its upload, from 1. */
export const filePosition = z.int().min(1).max(MAX_FILES);

export const files = z.array(attachedFile).min(1).max(MAX_FILES);
