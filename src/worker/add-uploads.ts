/** What happens to the files of an upload. Every step can be repeated for the same file of the same job. */
import type { CheckImage } from "../images/check-image.ts";
import { possibleNames } from "../images/image-type.ts";
import type { AttachedFile } from "../jobs/references.ts";
import { imageName, type ImageFormat } from "../labeling/images.ts";
import type { KeyedMutex } from "../platform/keyed-mutex.ts";
import type { UploadAnswer } from "../project/pending-images.ts";
import type { Project } from "../project/project.ts";
import type { FetchAttachment } from "./fetch-attachment.ts";
import { findPending, keepPending } from "./pending-upload.ts";
import type { PreviewMaker } from "./picture.ts";
import type { UploadAccounts } from "./upload-accounts.ts";
import type { FileOutcome, OwnCopy, UploadedFile, UploadOutcome } from "./upload-outcome.ts";

export type UploadProject = Pick<
  Project,
  "images" | "uploads" | "pending" | "nearDuplicates" | "pseudonymsOf" | "erasure"
>;

export interface UploadContext {
  /** Origins from which attachments may be fetched. */
  cdnOrigins: readonly string[];
  fetchAttachment: FetchAttachment;
  checkImage: CheckImage;
  makePreview: PreviewMaker;
  uploadAccounts: UploadAccounts;
  /** Locks the name of an image. */
  lockImage: KeyedMutex;
}

/** How files are added, which is the same for all files of a request. */
interface UploadRules {
  /** Whether the files wait for a moderator's approval. */
  needApproval: boolean;
  /** The message that tells the sender the result. Only needed for files that wait; undefined if it was deleted. */
  answer?: UploadAnswer | undefined;
  /** Whether files are added although they look like an image of the set. */
  allowNearDuplicates: boolean;
  /** Whether the answer shows the images that are added. Default: false. */
  showAdded?: boolean;
}

/** Limit for the copies in one answer together, which Discord takes in one request. A file may have 10 MiB. */
const MAX_COPIES_BYTES = 9 * 1024 * 1024;

export interface UploadRequest extends UploadRules {
  /** Id of the interaction or message, by which everything is idempotent. */
  jobId: string;
  userId: string;
  files: readonly AttachedFile[];
  /** The position of the first file. Default: 1. */
  firstPosition?: number;
  /** Their message with the files, in the same channel. Unset if the bot cannot read such a message again. */
  sourceId?: string | undefined;
}

/** A file that was downloaded. */
export interface Upload extends UploadedFile, UploadRules {
  userId: string;
  /** Name of the person's file. */
  name: string;
  bytes: Buffer;
  sourceId?: string | undefined;
}

/** An image that passed the checks. */
export interface AcceptedImage {
  /** Its file name in the set. */
  image: string;
  uploaded: Buffer;
  stored: Buffer;
  format: ImageFormat;
}

/** Adds each file, or finds out why not. Files are handled one after the other to save memory. */
export async function addUploads(
  request: UploadRequest,
  project: UploadProject,
  context: UploadContext,
): Promise<UploadOutcome[]> {
  const copies = { room: MAX_COPIES_BYTES };
  return forEachFile(request, context, (upload) => addUpload(upload, project, context, copies));
}

/** A file that can be added, as far as can be seen without adding it. */
interface Addable {
  outcome: "addable";
  /** A picture to show. */
  preview: Buffer;
}

/** Finds out which files can be added, without storing anything. */
export async function examineUploads(
  request: UploadRequest,
  project: UploadProject,
  context: UploadContext,
): Promise<((FileOutcome | Addable) & UploadedFile & Pick<UploadOutcome, "name">)[]> {
  return forEachFile(request, context, async (upload) => {
    const names = possibleNames(upload.bytes);
    const known = await findPresent(upload, names, project);
    if (known !== undefined) return known;
    const accepted = await checkUpload(upload, names, context);
    return "outcome" in accepted
      ? accepted
      : { outcome: "addable" as const, preview: await context.makePreview(accepted.stored) };
  });
}

/** Downloads the files one after the other and works on each. */
async function forEachFile<Result extends object>(
  { files, firstPosition = 1, ...each }: UploadRequest,
  { fetchAttachment }: UploadContext,
  work: (upload: Upload) => Promise<Result>,
): Promise<((Result | FileOutcome) & UploadedFile & Pick<UploadOutcome, "name">)[]> {
  const results: ((Result | FileOutcome) & UploadedFile & Pick<UploadOutcome, "name">)[] = [];
  for (const [index, { url, name }] of files.entries()) {
    const file = { jobId: each.jobId, position: firstPosition + index, name };
    const fetched = await fetchAttachment(url);
    const result: Result | FileOutcome = fetched.ok
      ? await work({ ...each, ...file, bytes: fetched.bytes })
      : { outcome: "refused", refusal: fetched.refusal };
    results.push({ ...result, ...file });
  }
  return results;
}

/** The steps of one file. */
async function addUpload(
  upload: Upload,
  project: UploadProject,
  context: UploadContext,
  copies: CopyRoom,
): Promise<FileOutcome> {
  const names = possibleNames(upload.bytes);
  // Two people may upload the same image at the same time.
  return context.lockImage(names[0] ?? "", async () => {
    const known = (await findPresent(upload, names, project)) ?? (await findPending(upload, names, project));
    if (known !== undefined) return known;
    const findNearDuplicate = upload.allowNearDuplicates ? undefined : project.nearDuplicates.prepareFind();
    const accepted = await checkUpload(upload, names, context);
    if ("outcome" in accepted) return accepted;
    const similar = await findNearDuplicate?.(accepted.stored);
    if (similar !== undefined)
      return { outcome: "near-duplicate", image: similar, own: ownCopy(accepted, upload, copies) };
    return upload.needApproval
      ? keepPending(accepted, upload, project, context)
      : addToSet(accepted, upload, project, context);
  });
}

/** Number of bytes that copies can still have. */
interface CopyRoom {
  room: number;
}

/** Where the image can be read again. Undefined if it is too large to be attached to the answer. */
function ownCopy(
  { stored, format }: AcceptedImage,
  { userId: senderId, sourceId: messageId }: Upload,
  copies: CopyRoom,
): OwnCopy | undefined {
  if (messageId !== undefined) return { senderId, messageId };
  if (stored.length > copies.room) return undefined;
  copies.room -= stored.length;
  return { senderId, stored, format };
}

/** The outcome of a file that is in the set already. */
async function findPresent(
  { jobId, position }: Upload,
  names: readonly string[],
  { images, uploads }: UploadProject,
): Promise<FileOutcome | undefined> {
  const image = await images.firstOf(names);
  if (image === undefined) return undefined;
  // An earlier delivery of this job may have added it.
  const ours = await uploads.has({ jobId, position });
  return { outcome: ours ? "added" : "present", image };
}

/** Checks and encodes a file again. */
async function checkUpload(
  { userId, bytes }: Upload,
  names: readonly string[],
  { checkImage, uploadAccounts }: UploadContext,
): Promise<AcceptedImage | FileOutcome> {
  const checked = await checkImage(bytes);
  uploadAccounts.addDecoding(userId, checked.decodingMs);
  if (!checked.ok) return { outcome: "refused", refusal: checked.refusal };
  const { stored, format } = checked;
  if (!uploadAccounts.hasRoom(userId, stored.length)) return { outcome: "refused", refusal: "daily-budget" };
  const image = names.find((possible) => possible.endsWith(`.${format}`)) ?? imageName(bytes, format);
  return { image, uploaded: bytes, stored, format };
}

/** Adds an image to the set, and a row for it. Neither is added if the person has asked for erasure since they sent it. */
async function addToSet(
  { image, uploaded, stored, format }: AcceptedImage,
  { jobId, position, userId, name, showAdded = false }: Upload,
  { images, uploads, pseudonymsOf, erasure }: UploadProject,
  { uploadAccounts, makePreview }: UploadContext,
): Promise<FileOutcome> {
  const person = pseudonymsOf(userId);
  // The row comes first: after a crash between the two writes, it tells the next delivery that this job added the image.
  const row = await uploads.append({ jobId, position, image, uploader: person.uploader, name }, person);
  if (row === "erased") return { outcome: "refused", refusal: "erased" };
  const isNew = await images.add({ uploaded, stored, format });
  if (isNew && (await erasure.isErased(person.tombstone, jobId))) {
    // The row is gone, or soon will be, and no erasure can have seen the image.
    await images.remove(image);
    return { outcome: "refused", refusal: "erased" };
  }
  if (isNew) uploadAccounts.addStored(userId, stored.length);
  // One that cannot be made from these bytes cannot be made later either, which says why.
  const picture = showAdded && isNew ? await makePreview(stored).catch(() => undefined) : undefined;
  return { outcome: "added", image, picture };
}
