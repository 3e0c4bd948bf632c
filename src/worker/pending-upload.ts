import type { ProjectInUse } from "./project-in-use.ts";
import type { AcceptedImage, Upload, UploadContext, UploadProject } from "./add-uploads.ts";
import type { PersonRequest } from "./find-place.ts";
import type { FileOutcome } from "./upload-outcome.ts";

/** Whether images of this person wait for approval before they are in the set. */
export function needsApproval(
  _request: PersonRequest,
  _project: Pick<ProjectInUse, "id" | "definition">,
): boolean {
  return false;
}

/** The outcome of an image that an earlier upload has left to wait. Undefined for others. */
export async function findPending(
  _upload: Upload,
  _names: readonly string[],
  _project: UploadProject,
): Promise<FileOutcome | undefined> {
  return undefined;
}

/** Keeps an image until a moderator approves it. Keeping the same file of a job again has no effect. */
export async function keepPending(
  _image: AcceptedImage,
  _upload: Upload,
  _project: UploadProject,
  _context: UploadContext,
): Promise<FileOutcome> {
  throw new Error("no image of this version waits for approval");
}
