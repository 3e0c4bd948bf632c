import sharp from "sharp";
import { imageName } from "../../labeling/image.ts";
import { loadEmoji } from "./starter/emoji.ts";
import { hotDogs } from "./starter/hot-dogs.ts";
import { otherThings } from "./starter/other-things.ts";
import { drawn, type Scene } from "./starter/scene.ts";

export interface StarterImage {
  shows: string;
  hotDog: boolean;
  /** An SVG document: the same bytes wherever it is drawn, which its pixels need not be. */
  drawing: Buffer;
}

/** The 20 images to start with, first those of hot dogs. */
export async function starterImages(): Promise<StarterImage[]> {
  const find = await loadEmoji();
  const imageOf = (scene: Scene, hotDog: boolean): StarterImage => {
    return { shows: scene.shows, hotDog, drawing: Buffer.from(drawn(scene, find)) };
  };
  return [
    ...hotDogs.map((scene) => imageOf(scene, true)),
    ...otherThings.map((scene) => imageOf(scene, false)),
  ];
}

/**
 * Under which it is in a set. It comes from the drawing alone: the same in all versions so far, so that those that an older one
 * has added are known, and the same where they are drawn anew.
 */
export function starterName({ drawing }: Pick<StarterImage, "drawing">): string {
  return imageName(drawing, STARTER_FORMAT);
}

export const STARTER_FORMAT = "webp";

/** The drawing as a WebP file. */
export function asWebp(drawing: Buffer): Promise<Buffer> {
  return sharp(drawing).removeAlpha().webp({ quality: 88, effort: 2 }).toBuffer();
}
