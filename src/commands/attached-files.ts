import type { Attachment } from "discord.js";
import type { AttachedFile } from "../jobs/job.ts";

/** As many as a message can have. */
const MOST = 10;
const LONGEST_NAME = 300;

/** What the worker needs of attachments. */
export function attachedFiles(attachments: Iterable<Attachment>): AttachedFile[] {
  return Array.from(attachments, ({ url, name }) => ({ url, name: name.slice(0, LONGEST_NAME) })).slice(
    0,
    MOST,
  );
}
