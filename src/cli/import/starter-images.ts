import pLimit from "p-limit";
import sharp from "sharp";
import { imageName } from "../../labeling/images.ts";
import { describeError } from "../../platform/describe-error.ts";
import { StartError } from "../../platform/start-error.ts";
import type { ImageSet } from "../../project/image-set.ts";
import formerNames from "./starter-former-names.json" with { type: "json" };
import { HEIGHT, starterScenes, WIDTH } from "./starter-scenes.ts";

const FORMAT = "webp";
/** Drawing an image takes one thread. */
const STARTER_CONCURRENCY = 4;

export interface StarterImage {
  shows: string;
  /** An SVG document: the same bytes on every machine, which its pixels need not be. */
  drawing: Buffer;
  /** The name in an image set. It comes from the drawing alone. */
  name: string;
  /** The name under which earlier versions, which drew the scene differently, added it. */
  formerName: string;
}

/** Draws the 20 starter images, the ten with hot dogs first. */
export async function starterImages(): Promise<StarterImage[]> {
  // Imported on demand: 9 MB.
  const { icons } = await import("@iconify-json/fluent-emoji-flat");
  const emoji = (name: string): string => {
    const { body } = icons.icons[name] ?? {};
    if (body === undefined) throw new Error(`the emoji package has no ${name}`);
    return body;
  };
  const formerNameOf: Record<string, string> = formerNames;
  return Object.entries(starterScenes(emoji)).map(([shows, layers]) => {
    const drawing = Buffer.from(svgOf(layers));
    const name = imageName(drawing, FORMAT);
    return { shows, drawing, name, formerName: formerNameOf[shows] ?? name };
  });
}

/** Light falls from the upper left. The shadow is built of single filters, because librsvg takes a third longer for feDropShadow. */
function svgOf(layers: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>
<filter id="shadow" x="-.13" y="-.1" width="1.32" height="1.32" color-interpolation-filters="sRGB">
<feGaussianBlur in="SourceAlpha" stdDeviation="11"/><feOffset dx="7" dy="14" result="cast"/>
<feFlood flood-color="#3b1d0a" flood-opacity=".42"/><feComposite in2="cast" operator="in"/>
<feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>
<radialGradient id="light" cx=".38" cy=".3" r=".85"><stop stop-color="#fff" stop-opacity=".13"/>
<stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset=".55" stop-color="#3b1d0a" stop-opacity="0"/>
<stop offset="1" stop-color="#3b1d0a" stop-opacity=".3"/></radialGradient>
<radialGradient id="glow" cy=".46" r=".68"><stop stop-color="#ffb259"/><stop offset="1" stop-color="#b3301f"/></radialGradient>
</defs>${layers}<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#light)"/></svg>`;
}

/** Encodes a drawing as WebP. */
export function asWebp(drawing: Buffer): Promise<Buffer> {
  return sharp(drawing).removeAlpha().webp({ quality: 88, effort: 2 }).toBuffer();
}

/**
 * Adds the starter images that the set does not have, neither under their name nor under their former name.
 * @param options.done called with each image as soon as it is in the set
 * @param options.signal once it is aborted, no further image is started
 */
export async function addStarter(
  images: ImageSet,
  { done, signal }: { done?: (image: StarterImage, added: boolean) => void; signal?: AbortSignal } = {},
): Promise<{ added: number; present: number }> {
  const counts = { added: 0, present: 0 };
  await pLimit(STARTER_CONCURRENCY).map(await starterImages(), async (image) => {
    if (signal?.aborted === true) return;
    const { drawing, name, formerName } = image;
    const present = (await images.firstOf([name, formerName])) !== undefined;
    const added =
      !present && (await images.add({ uploaded: drawing, stored: await asWebp(drawing), format: FORMAT }));
    counts[added ? "added" : "present"] += 1;
    done?.(image, added);
  });
  return counts;
}

/**
 * Removes the starter images from the set, also those that an earlier version added. Their labels stay, and count again
 * when the same images are added again.
 * @returns how many were removed
 * @throws StartError when the store does not allow it
 */
export async function removeStarter(images: ImageSet): Promise<number> {
  const names = (await starterImages()).flatMap(({ name, formerName }) => [name, formerName]);
  try {
    const removed = await pLimit(STARTER_CONCURRENCY).map(
      names,
      // Without starter images in the set, the store's right to delete is not needed.
      async (name) => (await images.has(name)) && images.remove(name),
    );
    return removed.filter(Boolean).length;
  } catch (error) {
    const reason = describeError(error);
    throw new StartError(`The starter images could not be removed from the set: ${reason}`, { cause: error });
  }
}
