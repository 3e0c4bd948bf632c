import { IMAGE_NAME } from "../labeling/image.ts";
import { WRITE_TEST } from "../object-store/object-store.ts";

const IMAGES = "images/";
const FOLDERS = ["labels/", "uploads/", "logs/", "forgotten/"];

/** Whether it is the key of an image of the set; nothing else below `images/` is in the set. */
export function isInSet(key: string): boolean {
  return key.startsWith(IMAGES) && IMAGE_NAME.test(key.slice(IMAGES.length));
}

/**
 * The folder in which the store keeps this object, or the object itself; undefined when it is in the set, or none of the
 * store's. @param key of an object; that of a folder ends in "/"
 */
export function ownPlace(key: string): string | undefined {
  return key === WRITE_TEST ? key : FOLDERS.find((folder) => key.startsWith(folder));
}
