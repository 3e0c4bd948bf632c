import sharp from "sharp";
import { imageName } from "../src/labeling/images.ts";
import type { ImageSet } from "../src/project/image-set.ts";

const COLORS = 256 * 256;
/** Odd, so that each index has its own color, and such that the colors of hundreds of neighbors stay apart in a lossy picture. */
const COLOR_STEP = 40_503;

/** Makes a small picture in a color that depends on the index, which is below 65,536. */
export async function plainPng(index: number): Promise<Buffer> {
  const color = (index * COLOR_STEP) % COLORS;
  const background = { r: color % 256, g: color >> 8, b: 99 };
  return sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer();
}

/** Adds plain pictures to the set and resolves with their names. */
export async function addPlainImages(images: ImageSet, count: number): Promise<string[]> {
  const added = Array.from({ length: count }, async (_, index) => {
    const png = await plainPng(index);
    await images.add({ uploaded: png, stored: png, format: "png" });
    return imageName(png, "png");
  });
  return Promise.all(added);
}
