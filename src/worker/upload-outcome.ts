import type { ImageFormat } from "../labeling/images.ts";
import type { Texts } from "../texts/texts.ts";

/** An image that this upload has stored, and that its sender can take back. */
type StoredOutcome =
  /** It is in the set: at once, or because a moderator has approved it. */
  | {
      outcome: "added" | "approved";
      image: string;
      /** The image as it is displayed, if it was made when the image was added. */
      picture?: Buffer | undefined;
    }
  /** It waits for a moderator's approval, under the name that it will have in the set. */
  | { outcome: "pending"; image: string };

/** Where an image that was not added can be read again, if its sender wants it to be added anyway. */
export type OwnCopy =
  /** In a message of the sender in the same channel, at the position of the file. */
  | { senderId: string; messageId: string }
  /** Attached to the answer. */
  | { senderId: string; stored: Buffer; format: ImageFormat };

/** What is said about one file in an answer to an upload. */
export type FileOutcome =
  | StoredOutcome
  /** The same file is in the set already. */
  | { outcome: "present"; image: string }
  /** The same file waits already, from another upload or at another position of this one. */
  | { outcome: "already-pending" }
  /** Not added, because it looks like `image`, which is in the set. */
  | { outcome: "near-duplicate"; image: string; own: OwnCopy | undefined }
  | { outcome: "refused"; refusal: keyof Texts["upload"]["refusal"] }
  /** A moderator has removed it from the set. */
  | { outcome: "removed" }
  /** The sender has taken it back from the set, or before it was approved. */
  | { outcome: "taken-back" }
  /** A moderator has rejected it, or nobody has approved it for 30 days. */
  | { outcome: "rejected" };

/** Names one file of an upload, and its row in the upload file. */
export interface UploadedFile {
  /** Id of the interaction or message that the upload job is for. */
  jobId: string;
  /** Position of the file in the job, from 1. */
  position: number;
}

/** The outcome of one file of an upload, as an answer shows it. */
export type ShownOutcome =
  | (StoredOutcome & UploadedFile)
  | (Exclude<FileOutcome, StoredOutcome> & Pick<UploadedFile, "position">);

/** The outcome of one file of an upload. */
export type UploadOutcome = FileOutcome &
  UploadedFile & {
    /** Name of the person's file. */
    name: string;
  };
