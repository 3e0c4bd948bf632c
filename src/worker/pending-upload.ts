import type { ProjectInUse } from "./project-in-use.ts";
import type { AcceptedImage, Upload, UploadContext, UploadProject } from "./add-uploads.ts";
import type { PersonRequest } from "./find-place.ts";
import type { JobContext } from "./run-job.ts";
import type { FileOutcome } from "./upload-outcome.ts";

/** Whether images of this person wait for approval before they are in the set. Those of the people who look after it never do. */
export function needsApproval(
  { rights }: PersonRequest,
  { definition }: Pick<ProjectInUse, "definition">,
  { hotdogUploads }: Pick<JobContext, "hotdogUploads">,
): boolean {
  if (definition === undefined)
    return hotdogUploads === "approval" && [rights?.moderateHotdogs, rights?.manageHotdogs].every(isMissing);
  return definition.uploads === "approval" && [rights?.moderate, rights?.manage].every(isMissing);
}

function isMissing(right: boolean | undefined): boolean {
  return right !== true;
}

/**
 * The outcome of a file that an earlier delivery of its job has kept, or that waits because of another upload. Undefined for others.
 * Two workers may each keep the same file at the same moment; a decision is then about both.
 * @param names file names that the image may have in the set
 */
export async function findPending(
  upload: Upload,
  names: readonly string[],
  project: UploadProject,
): Promise<FileOutcome | undefined> {
  if (!upload.needApproval) return undefined;
  const record = await project.pending.find(upload);
  if (record === undefined)
    return (await project.pending.hasUndecided(names)) ? { outcome: "already-pending" } : undefined;
  switch (record.decision) {
    case undefined:
      return afterErasureCheck(record.image, upload, project);
    case "approved":
      return { outcome: "approved", image: record.image };
    case "rejected":
    case "taken-back":
      return { outcome: record.decision };
  }
}

/** Keeps an image until a moderator approves it. Keeping the same file of a job again has no effect. */
export async function keepPending(
  { image, stored }: AcceptedImage,
  upload: Upload,
  project: UploadProject,
  { uploadAccounts }: UploadContext,
): Promise<FileOutcome> {
  const { jobId, position, userId, name, answer } = upload;
  const person = project.pseudonymsOf(userId);
  // The row comes first (A1): an erasure finds the image by it.
  const row = await project.uploads.append(
    { jobId, position, image, uploader: person.uploader, name },
    person,
  );
  if (row === "erased") return withdraw(upload, project);
  await project.pending.keep(upload, stored, { image, answer });
  uploadAccounts.addStored(userId, stored.length);
  return afterErasureCheck(image, upload, project);
}

/** Removes the image again if its sender was erased while it was being kept, too late for the erasure to see it (A6). */
async function afterErasureCheck(
  image: string,
  upload: Upload,
  project: UploadProject,
): Promise<FileOutcome> {
  const { tombstone } = project.pseudonymsOf(upload.userId);
  const isErased = await project.erasure.isErased(tombstone, upload.jobId);
  return isErased ? withdraw(upload, project) : { outcome: "pending", image };
}

async function withdraw(upload: Upload, { pending }: UploadProject): Promise<FileOutcome> {
  await pending.remove(upload);
  return { outcome: "refused", refusal: "erased" };
}
