import { imageName } from "../domain/image.ts";
import { pseudonym } from "../domain/label.ts";
import type { CheckImage } from "../images/check-image.ts";
import { keptFormat } from "../images/image-type.ts";
import type { AttachedFile } from "../queue/job.ts";
import type { ImageSet } from "../store/image-set.ts";
import type { UploadFile } from "../store/upload-file.ts";
import type { Texts } from "../texts/texts.ts";
import type { FetchAttachment } from "./fetch-attachment.ts";

export interface UploadContext {
  images: ImageSet;
  uploads: UploadFile;
  fetchAttachment: FetchAttachment;
  checkImage: CheckImage;
  /** Key of the pseudonyms. */
  labelerSecret: string;
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
export async function addUploads(
  request: UploadRequest,
  { again }: { again: boolean },
  context: UploadContext,
): Promise<UploadOutcome[]> {
  const outcomes: UploadOutcome[] = [];
  for (const [index, file] of request.files.entries()) {
    outcomes.push({
      name: file.name,
      ...(await addUpload(request, { position: index + 1, again }, context)),
    });
  }
  return outcomes;
}

type WithoutName<T> = T extends unknown ? Omit<T, "name"> : never;

async function addUpload(
  { id: jobId, userId, files }: UploadRequest,
  { position, again }: { position: number; again: boolean },
  { images, uploads, fetchAttachment, checkImage, labelerSecret }: UploadContext,
): Promise<WithoutName<UploadOutcome>> {
  const { url = "", name = "" } = files[position - 1] ?? {};
  const fetched = await fetchAttachment(url);
  if (!fetched.ok) return { outcome: "refused", refusal: fetched.refusal };
  const format = keptFormat(fetched.bytes);
  const image = format && imageName(fetched.bytes, format);
  const ours = again && (await uploads.has({ jobId, position }));
  // It need not be decoded again.
  if (image !== undefined && !ours && (await images.has(image))) return { outcome: "present", image };

  const checked = await checkImage(fetched.bytes);
  if (!checked.ok) return { outcome: "refused", refusal: checked.refusal };
  if (image === undefined) throw new Error("a file was accepted in no format");
  // The row first: after a crash between the two, the row tells the next delivery that the image is its own.
  await uploads.append({ jobId, position, image, uploader: pseudonym(labelerSecret, userId), name });
  await images.add({ uploaded: fetched.bytes, stored: checked.stored, format: checked.format });
  return { outcome: "added", image };
}
