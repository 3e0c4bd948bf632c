import { snowflakeTime } from "../platform/snowflake.ts";
import { appendLog, type AppendOutcome, type AppendOptions } from "../append-log/append-log.ts";
import { findRow } from "../append-log/find-row.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import type { RowOwner } from "./pseudonyms.ts";

export const UPLOAD_TABLE = {
  prefix: "uploads/",
  columns: ["id", "uploaded_at", "image", "uploader", "name"],
  person: "uploader",
};

/** Names one file of an upload. */
export interface UploadId {
  /** Id of the interaction or message that the upload job is for. */
  jobId: string;
  /** Position of the file in the job, from 1. */
  position: number;
}

/** One image that a person added, or that waits for approval. */
interface Upload extends UploadId {
  /** File name of the image in the image set. */
  image: string;
  /** Pseudonym. */
  uploader: string;
  /** Name of the person's file. */
  name: string;
}

/** What a row of the upload file says about one file. */
type UploadRow = Pick<Upload, "image" | "uploader" | "name">;

export interface UploadFile {
  /** Resolves when the row is durable or turns out to be erased. Appending the same row again has no effect. */
  append(upload: Upload, uploader: RowOwner): Promise<AppendOutcome>;
  /** Whether an earlier delivery of the job has written the row of this file. */
  has(file: UploadId): Promise<boolean>;
  /** Reads the row of this file. Undefined if it was not written yet, or was erased. */
  find(file: UploadId): Promise<UploadRow | undefined>;
}

export function uploadFile(store: ObjectStore, options: AppendOptions): UploadFile {
  const file = appendLog(store, UPLOAD_TABLE, options);
  return {
    append({ jobId, position, image, uploader, name }, { tombstone }) {
      const uploaded_at = snowflakeTime(jobId).toISOString();
      const id = uploadRowId({ jobId, position });
      return file.append({ id, uploaded_at, image, uploader, name }, tombstone);
    },
    has: (upload) => file.has(uploadRowId(upload)),
    ...uploadRows(store),
  };
}

/** Reads single rows. @param store the objects of one project */
export function uploadRows(store: ObjectStore): Pick<UploadFile, "find"> {
  return {
    async find(upload) {
      const row = await findRow(store, UPLOAD_TABLE, uploadRowId(upload));
      return row && { image: row["image"] ?? "", uploader: row["uploader"] ?? "", name: row["name"] ?? "" };
    },
  };
}

/** The id of an upload's row. It starts with the snowflake, whose time limits the search for the row (I9). */
export function uploadRowId({ jobId, position }: UploadId): string {
  return `${jobId}-${position}`;
}
