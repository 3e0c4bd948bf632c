import { snowflakeTime } from "../platform/snowflake.ts";
import { appendLog, type Appended, type AppendOptions } from "../append-log/append-log.ts";
import type { ObjectStore } from "../object-store/object-store.ts";

export const UPLOADS = {
  prefix: "uploads/",
  columns: ["id", "uploaded_at", "image", "uploader", "name"],
  person: "uploader",
};

/** One image that somebody added. */
interface Upload {
  /** Of the job: the interaction's id, or the message's. */
  jobId: string;
  /** The file's place among those of the job, from 1. */
  position: number;
  /** The image's file name in the set. */
  image: string;
  /** Pseudonym. */
  uploader: string;
  /** What the person's file was called. */
  name: string;
}

export interface UploadFile {
  /**
   * Resolves when the row is durable, once however often it is appended, or when it is forgotten.
   * @param tombstone of the person who added the image
   */
  append(upload: Upload, tombstone: string): Promise<Appended>;
  /** Whether an earlier delivery of the job has written the row of this file. */
  has(file: Pick<Upload, "jobId" | "position">): Promise<boolean>;
}

export function uploadFile(store: ObjectStore, options: AppendOptions): UploadFile {
  const file = appendLog(store, UPLOADS, options);
  return {
    append({ jobId, position, image, uploader, name }, tombstone) {
      const uploaded_at = snowflakeTime(jobId).toISOString();
      const id = idOf({ jobId, position });
      return file.append({ id, uploaded_at, image, uploader, name }, tombstone);
    },
    has: (of) => file.has(idOf(of)),
  };
}

/** Begins with the snowflake, whose time tells how far back to look for it. */
function idOf({ jobId, position }: Pick<Upload, "jobId" | "position">): string {
  return `${jobId}-${position}`;
}
