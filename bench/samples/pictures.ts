import { randomBytes } from "node:crypto";
import sharp, { type Sharp } from "sharp";

/** Draws something like a photo: soft shapes with some grain. */
async function drawPhoto(width: number, height: number): Promise<Sharp> {
  const shapes = await sharp(await noise(320, 240, 60))
    .blur(3)
    .png()
    .toBuffer();
  const grain = await noise(256, 256, 12);
  const large = sharp(shapes).resize(width, height, { fit: "fill", kernel: "cubic" });
  const { data, info } = await large
    .composite([{ input: grain, tile: true, blend: "soft-light" }])
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info });
}

function noise(width: number, height: number, sigma: number): Promise<Buffer> {
  return sharp({
    create: { width, height, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma } },
  })
    .png()
    .toBuffer();
}

type Encode = (image: Sharp) => Sharp;

/** Typical images in every accepted format: phone photos, screenshots, small pictures. */
const MIXED_PICTURES: readonly [width: number, height: number, encode: Encode][] = [
  [4_032, 3_024, (image) => image.jpeg({ quality: 85 })],
  [4_032, 3_024, (image) => image.jpeg({ quality: 80 }).withMetadata({ orientation: 6 })],
  [1_600, 1_200, (image) => image.jpeg({ quality: 80, progressive: true })],
  [1_200, 800, (image) => image.jpeg()],
  [800, 600, (image) => image.jpeg()],
  [1_280, 720, (image) => image.png()],
  [640, 480, (image) => image.png()],
  [1_600, 1_067, (image) => image.webp()],
  [800, 800, (image) => image.webp()],
  [480, 270, (image) => image.gif({ effort: 1 })],
  [1_024, 768, (image) => image.avif({ effort: 0 })],
  [1_024, 768, (image) => image.tiff({ compression: "lzw" })],
];

export async function makeMixedPictures(): Promise<Buffer[]> {
  return Promise.all(
    MIXED_PICTURES.map(async ([width, height, encode]) => encode(await drawPhoto(width, height)).toBuffer()),
  );
}

/** In pixels. */
export type PhotoSize = readonly [width: number, height: number];
export const SMALL_PHOTO: PhotoSize = [640, 480];
export const LARGE_PHOTO: PhotoSize = [1_600, 1_200];
export const PHONE_PHOTO: PhotoSize = [4_032, 3_024];

/** Makes a JPEG photo. */
export async function makePhoto(width: number, height: number): Promise<Buffer> {
  return (await drawPhoto(width, height)).jpeg({ quality: 80, progressive: true }).toBuffer();
}

/** Makes a JPEG photo of 640 × 480 that does not look like any other. Faster than `makePhoto`. */
export async function makeDistinctPhoto(): Promise<Buffer> {
  const [width, height] = SMALL_PHOTO;
  const colors = randomBytes(COLORS.width * COLORS.height * COLORS.channels);
  return sharp(colors, { raw: COLORS })
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .jpeg({ quality: 80, progressive: true })
    .toBuffer();
}

/** Few enough for large shapes, by which pictures are compared. */
const COLORS = { width: 32, height: 24, channels: 3 } as const;

/** Width and height of 49.996 megapixels. */
const HUGE_SIZE = [8_660, 5_773] as const;

const HUGE_ENCODINGS: readonly Encode[] = [
  (image) => image.jpeg(),
  (image) => image.jpeg().withMetadata({ orientation: 6 }),
  (image) => image.jpeg({ progressive: true }),
  (image) => image.webp({ effort: 0 }),
  (image) => image.png({ compressionLevel: 1, palette: false }),
];

/** Makes ten images of 50 megapixels that are within the size limit of uploads. */
export async function makeHugePictures(): Promise<Buffer[]> {
  const smooth = sharp({
    create: { width: HUGE_SIZE[0], height: HUGE_SIZE[1], channels: 3, background: "#c83232" },
  });
  const files = await Promise.all(HUGE_ENCODINGS.map((encode) => encode(smooth.clone()).toBuffer()));
  return [...files, ...files];
}
