import type { ObjectStore } from "../object-store/object-store.ts";
import { imageSet, type ImageSet } from "./image-set.ts";

/** Where a project keeps images that a person has added. */
function placesOf(store: ObjectStore): Pick<ImageSet, "has" | "remove">[] {
  return [imageSet(store)];
}

/** Removes an image that a person has added, wherever a project keeps it. @returns whether it was there */
export async function removeStored(store: ObjectStore, image: string): Promise<boolean> {
  const removed = await Promise.all(placesOf(store).map((place) => place.remove(image)));
  return removed.includes(true);
}

/** Whether a project still keeps an image that a person has added. */
export async function isStored(store: ObjectStore, image: string): Promise<boolean> {
  const found = await Promise.all(placesOf(store).map((place) => place.has(image)));
  return found.includes(true);
}
