import type { ObjectStore } from "../object-store/object-store.ts";
import { imageSet, type ImageSet } from "./image-set.ts";
import { waitingByName } from "./pending-images.ts";

/** Removes an image that a person has added from the set. @returns whether it was there */
export function removeStored(store: ObjectStore, image: string): Promise<boolean> {
  return imageSet(store).remove(image);
}

/** The images that people have added to a project, in the set or waiting for approval. */
export function storedImages(store: ObjectStore): Pick<ImageSet, "has" | "read"> {
  const places = [imageSet(store), waitingByName(store)];
  return {
    async has(image) {
      const found = await Promise.all(places.map((place) => place.has(image)));
      return found.includes(true);
    },
    async read(image) {
      const found = await Promise.all(places.map((place) => place.read(image)));
      return found.find((body) => body !== undefined);
    },
  };
}
