import type { CheckImage } from "../images/check-image.ts";
import { possibleNames } from "../images/image-type.ts";
import type { AttachedFile } from "../jobs/references.ts";
import { imageName } from "../labeling/images.ts";
import type { KeyedMutex } from "../platform/keyed-mutex.ts";
import type { Project } from "../project/project.ts";
import type { Texts } from "../texts/texts.ts";
import type { FetchAttachment } from "./fetch-attachment.ts";
import type { UploadAccounts } from "./upload-accounts.ts";

type UploadProject = Pick<Project, "images" | "uploads" | "pseudonymsOf">;

export interface UploadContext {
  /** Origins from which attachments may be fetched. */
  cdnOrigins: readonly string[];
  fetchAttachment: FetchAttachment;
  checkImage: CheckImage;
  uploadAccounts: UploadAccounts;
  /** Locks the name of an image. */
  lockImage: KeyedMutex;
}

type Result =
  | { outcome: "added" | "present"; image: string }
  | { outcome: "refused"; refusal: keyof Texts["upload"]["refusal"] };

/** The result for one file. */
export type UploadOutcome = Result & { name: string };

/** Adds each file that passes the checks to the project. Files are handled one after the other to save memory. */
export async function addUploads(
  request: { jobId: string; userId: string; files: readonly AttachedFile[] },
  project: UploadProject,
  context: UploadContext,
): Promise<UploadOutcome[]> {
  const { jobId, userId, files } = request;
  const outcomes: UploadOutcome[] = [];
  for (const [index, { url, name }] of files.entries()) {
    const fetched = await context.fetchAttachment(url);
    const result: Result = fetched.ok
      ? await addUpload({ jobId, userId, position: index + 1, name, bytes: fetched.bytes }, project, context)
      : { outcome: "refused", refusal: fetched.refusal };
    outcomes.push({ name, ...result });
  }
  return outcomes;
}

interface Upload {
  jobId: string;
  userId: string;
  /** Position of the file in the request, from 1. */
  position: number;
  name: string;
  bytes: Buffer;
}

async function addUpload(upload: Upload, project: UploadProject, context: UploadContext): Promise<Result> {
  const { jobId, userId, position, name, bytes } = upload;
  const names = possibleNames(bytes);
  // Two people may upload the same image at the same time.
  return context.lockImage(names[0] ?? "", async () => {
    const { images, uploads } = project;
    const { checkImage, uploadAccounts } = context;
    const person = project.pseudonymsOf(userId);
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
    await uploads.append({ jobId, position, image, uploader: person.uploader, name }, person);
    if (await images.add({ uploaded: bytes, stored, format }))
      uploadAccounts.addStored(userId, stored.length);
    return { outcome: "added", image };
  });
}
