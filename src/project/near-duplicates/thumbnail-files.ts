import {
  parseThumbnail,
  THUMBNAIL_BYTES,
  thumbnailBytes,
  type Thumbnail,
} from "../../images/near-duplicates/thumbnail.ts";
import { IMAGE_NAME } from "../../labeling/images.ts";
import { MAX_PAGE, type ObjectStore } from "../../object-store/object-store.ts";
import { imageKey } from "./image-keys.ts";

const FOLDER = "thumbnails/";

/** The key of the object with an image's thumbnail. */
export function thumbnailKey(image: string): string {
  return FOLDER + imageKey(image);
}

/** The thumbnails of a project, one object for each image. Removing an image from the set removes its thumbnail, too. */
export interface ThumbnailFiles {
  write(image: string, thumbnail: Thumbnail): Promise<void>;
  /** Reads a thumbnail by the key of its image. Undefined if it was removed, or is no thumbnail. */
  read(key: string): Promise<{ image: string; thumbnail: Thumbnail } | undefined>;
  /** Keys of the images that have one, in ascending order, a page of up to 1,000 at a time. */
  pages(): AsyncGenerator<string[]>;
  remove(key: string): Promise<void>;
}

/** @param store the project's own */
export function thumbnailFiles(store: ObjectStore): ThumbnailFiles {
  return {
    async write(image, thumbnail) {
      // The key is only the beginning of the name.
      const body = Buffer.concat([thumbnailBytes(thumbnail), Buffer.from(image)]);
      await store.put(thumbnailKey(image), body, { contentType: "application/octet-stream" });
    },

    async read(key) {
      const body = (await store.get(FOLDER + key))?.body;
      const image = body?.toString("latin1", THUMBNAIL_BYTES) ?? "";
      const thumbnail = body && parseThumbnail(body.subarray(0, THUMBNAIL_BYTES));
      return thumbnail === undefined || !IMAGE_NAME.test(image) ? undefined : { image, thumbnail };
    },

    async *pages() {
      for (let startAfter: string | undefined = ""; startAfter !== undefined;) {
        const page = await store.list(FOLDER, { startAfter, limit: MAX_PAGE });
        yield page.map(({ key }) => key.slice(FOLDER.length));
        startAfter = page.length < MAX_PAGE ? undefined : page.at(-1)?.key;
      }
    },

    remove: (key) => store.delete(FOLDER + key),
  };
}
