import type { ObjectStore } from "../object-store/object-store.ts";
import { imageSet, type ImageSet } from "./image-set.ts";

/** Where a project keeps images that a person has added. */
function placesOf(store: ObjectStore): Pick<ImageSet, "has" | "read" | "remove">[] {
  return [imageSet(store)];
}

/** Removes an image that a person has added, wherever a project keeps it. @returns whether it was there */
export async function removeStored(store: ObjectStore, image: string): Promise<boolean> {
  const removed = await Promise.all(placesOf(store).map((place) => place.remove(image)));
  return removed.includes(true);
}

/** The images that people have added to a project, wherever it keeps them. */
export function storedImages(store: ObjectStore): Pick<ImageSet, "has" | "read"> {
  const places = placesOf(store);
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
