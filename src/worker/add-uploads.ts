import { imageName } from "../labeling/image.ts";
import type { Project } from "../project/project.ts";
import type { CheckImage } from "../images/check-image.ts";
import { possibleNames } from "../images/image-type.ts";
import type { AttachedFile } from "../jobs/job.ts";
import type { ImageSet } from "../project/image-set.ts";
import type { UploadFile } from "../project/upload-file.ts";
import type { Texts } from "../texts/texts.ts";
import type { KeyedMutex } from "../platform/keyed-mutex.ts";
import type { FetchAttachment } from "./fetch-attachment.ts";
import type { UploadAccounts } from "./upload-accounts.ts";

export interface UploadContext {
  images: ImageSet;
  uploads: UploadFile;
  /** Where attachments may be fetched from. */
  cdnOrigins: readonly string[];
  fetchAttachment: FetchAttachment;
  checkImage: CheckImage;
  uploadAccounts: UploadAccounts;
  pseudonymsOf: Project["pseudonymsOf"];
  /** By image. */
  inTurn: KeyedMutex;
}

interface UploadRequest {
  /** The job's id. */
  id: string;
  userId: string;
  files: readonly AttachedFile[];
}

/** What became of one file. */
export type UploadOutcome = { name: string } & (
  | { outcome: "added" | "present"; image: string }
  | { outcome: "refused"; refusal: keyof Texts["upload"]["refusal"] }
);

/** Adds each file that is a good image to the set, one after the other, so that ten do not take ten times the memory. */
export async function addUploads(request: UploadRequest, context: UploadContext): Promise<UploadOutcome[]> {
  const outcomes: UploadOutcome[] = [];
  for (const [index, { url, name }] of request.files.entries()) {
    const fetched = await context.fetchAttachment(url);
    const became: WithoutName<UploadOutcome> = fetched.ok
      ? await addUpload({ ...request, position: index + 1, name, bytes: fetched.bytes }, context)
      : { outcome: "refused", refusal: fetched.refusal };
    outcomes.push({ name, ...became });
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
  // In turn, for two people may bring the same image at the same time.
  return context.inTurn(names[0] ?? "", async () => {
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
    const image = imageName(bytes, format);
    // The row first: after a crash between the two, the row tells the next delivery that the image is its own.
    // When it is forgotten the image is added all the same: had it come before that, it would have stayed.
    await uploads.append({ jobId, position, image, uploader, name }, tombstone);
    if (await images.add({ uploaded: bytes, stored, format }))
      uploadAccounts.addStored(userId, stored.length);
    return { outcome: "added", image };
  });
}
