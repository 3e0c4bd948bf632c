import { imageName } from "../labeling/images.ts";
import type { Project } from "../project/project.ts";
import type { CheckImage } from "../images/check-image.ts";
import { possibleNames } from "../images/image-type.ts";
import type { AttachedFile } from "../jobs/references.ts";
import type { ImageSet } from "../project/image-set.ts";
import type { UploadFile } from "../project/upload-file.ts";
import type { Texts } from "../texts/texts.ts";
import type { KeyedMutex } from "../platform/keyed-mutex.ts";
import type { FetchAttachment } from "./fetch-attachment.ts";
import type { UploadAccounts } from "./upload-accounts.ts";

export interface UploadContext {
  images: ImageSet;
  uploads: UploadFile;
  /** Origins from which attachments may be fetched. */
  cdnOrigins: readonly string[];
  fetchAttachment: FetchAttachment;
  checkImage: CheckImage;
  uploadAccounts: UploadAccounts;
  pseudonymsOf: Project["pseudonymsOf"];
  /** Locks the name of an image. */
  lockImage: KeyedMutex;
}

interface UploadRequest {
  /** The job's id. */
  id: string;
  userId: string;
  files: readonly AttachedFile[];
}

/** The result for one file. */
export type UploadOutcome = { name: string } & (
  | { outcome: "added" | "present"; image: string }
  | { outcome: "refused"; refusal: keyof Texts["upload"]["refusal"] }
);

/** Adds each file that passes the checks to the set. Files are handled one after the other to save memory. */
export async function addUploads(request: UploadRequest, context: UploadContext): Promise<UploadOutcome[]> {
  const outcomes: UploadOutcome[] = [];
  for (const [index, { url, name }] of request.files.entries()) {
    const fetched = await context.fetchAttachment(url);
    const result: WithoutName<UploadOutcome> = fetched.ok
      ? await addUpload({ ...request, position: index + 1, name, bytes: fetched.bytes }, context)
      : { outcome: "refused", refusal: fetched.refusal };
    outcomes.push({ name, ...result });
  }
  return outcomes;
}

type WithoutName<T> = T extends unknown ? Omit<T, "name"> : never;

interface FetchedUpload extends Pick<UploadRequest, "id" | "userId"> {
  position: number;
  name: string;
  bytes: Buffer;
}

async function addUpload(upload: FetchedUpload, context: UploadContext): Promise<WithoutName<UploadOutcome>> {
  const names = possibleNames(upload.bytes);
  // Two people may upload the same image at the same time.
  return context.lockImage(names[0] ?? "", async () => {
    const { images, uploads, checkImage, uploadAccounts, pseudonymsOf } = context;
    const { id: jobId, userId, position, name, bytes } = upload;
    const { uploader, tombstone } = pseudonymsOf(userId);
    const present = await images.firstOf(names);
    if (present !== undefined) {
      // An earlier delivery of this job may have added it.
      const ours = await uploads.has({ jobId, position });
      return { outcome: ours ? "added" : "present", image: present };
    }
    const checked = await checkImage(bytes);
    uploadAccounts.addDecoding(userId, checked.decodingMs);
    if (!checked.ok) return { outcome: "refused", refusal: checked.refusal };
    const { stored, format } = checked;
    if (!uploadAccounts.hasRoom(userId, stored.length))
      return { outcome: "refused", refusal: "daily-budget" };
    const image = names.find((possible) => possible.endsWith(`.${format}`)) ?? imageName(bytes, format);
    // The row comes first: after a crash between the two writes, it tells the next delivery that this job added the image.
    // If the person is erased and the row is not written, the image is added anyway: images of erased people stay.
    await uploads.append({ jobId, position, image, uploader, name }, tombstone);
    if (await images.add({ uploaded: bytes, stored, format }))
      uploadAccounts.addStored(userId, stored.length);
    return { outcome: "added", image };
  });
}
