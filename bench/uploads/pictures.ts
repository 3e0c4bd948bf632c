/** Pictures to compare: photographs from a folder, or drawn scenes. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { shrinkToThumbnail } from "../../src/images/near-duplicates/make-thumbnail.ts";
import type { Thumbnail } from "../../src/images/near-duplicates/thumbnail.ts";
import { drawScene } from "../../test/images/scenes.ts";

/** Number of scenes that are drawn without a folder. */
const SCENES = 108;
const PHOTO = /\.(?:jpe?g|png|webp|avif|tiff?)$/i;
/** Pixels of the longer edge to which photographs are scaled first. */
const MAX_EDGE = 1_200;
/** Smaller pictures are icons. */
const MIN_EDGE = 200;
/**
 * A picture is also cut into this many columns and rows. Parts of different cuts overlap, but differ in size by a third or more. With
 * sixths and sevenths, two parts in one corner would be one picture, cropped by 14 %.
 */
const CUTS = [2, 3, 4, 6] as const;
/** Pixels of the shorter edge of a part. */
const MIN_PART = 50;

/** Reads the photographs of a folder and its folders. Without a folder, draws scenes. */
export async function* comparedPictures(folder: string | undefined): AsyncGenerator<Buffer> {
  if (folder === undefined) {
    for (let seed = 1; seed <= SCENES; seed += 1) yield drawScene(seed);
    return;
  }
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of files.filter((file) => file.isFile() && PHOTO.test(file.name))) {
    const photo = sharp(join(parentPath, name)).resize({
      width: MAX_EDGE,
      height: MAX_EDGE,
      fit: "inside",
      withoutEnlargement: true,
    });
    const { data, info } = await photo
      .flatten({ background: "#fff" })
      .png({ compressionLevel: 1 })
      .toBuffer({ resolveWithObject: true });
    if (Math.min(info.width, info.height) >= MIN_EDGE) yield data;
  }
}

/** Cuts a picture into parts, which are other pictures. */
export async function partsOf(picture: Buffer): Promise<Thumbnail[]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const parts: Thumbnail[] = [];
  for (const cuts of CUTS) {
    const width = Math.floor(info.width / cuts);
    const height = Math.floor(info.height / cuts);
    if (Math.min(width, height) < MIN_PART) break;
    for (let part = 0; part < cuts ** 2; part += 1) {
      const region = { left: (part % cuts) * width, top: Math.floor(part / cuts) * height, width, height };
      parts.push(await shrinkToThumbnail(sharp(data, { raw }).extract(region)));
    }
  }
  return parts;
}

/** The upper left quarter of a picture. */
export async function quarterOf(picture: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const region = { left: 0, top: 0, width: Math.floor(width / 2), height: Math.floor(height / 2) };
  return sharp(picture).extract(region).png({ compressionLevel: 1 }).toBuffer();
}
