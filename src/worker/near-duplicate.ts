import type { Project } from "../project/project.ts";
import type { AcceptedImage } from "./add-uploads.ts";
import type { UploadContext } from "./add-uploads.ts";

/**
 * Finds an image of the project that looks like this one. Is not called for images that are added anyway, nor for the same file.
 * @returns its file name; undefined if no image of the set is known to look like it
 */
export async function findNearDuplicate(
  _image: AcceptedImage,
  _project: Pick<Project, "images">,
  _context: UploadContext,
): Promise<string | undefined> {
  return undefined;
}
