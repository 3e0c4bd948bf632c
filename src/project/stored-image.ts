import type { ObjectStore } from "../object-store/object-store.ts";
import { imageSet, type ImageSet } from "./image-set.ts";
import { waitingKeys } from "./pending-images.ts";

/** The images that people have added to a project, in the set or waiting for approval. Lists those that wait at most once. */
export function storedImages(store: ObjectStore): Pick<ImageSet, "has" | "read"> {
  const set = imageSet(store);
  let keys: Promise<ReadonlyMap<string, string>> | undefined;
  const listed = (): Promise<ReadonlyMap<string, string>> => (keys ??= waitingKeys(store));

  return {
    has: async (image) => (await set.has(image)) || (await listed()).has(image),
    async read(image) {
      const inSet = await set.read(image);
      if (inSet !== undefined) return inSet;
      const key = (await listed()).get(image);
      return key === undefined ? undefined : (await store.get(key))?.body;
    },
  };
}
