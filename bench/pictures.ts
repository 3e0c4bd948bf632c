import sharp, { type Sharp } from "sharp";

/** Something like a photograph: soft shapes, with some grain. */
async function photo(width: number, height: number): Promise<Sharp> {
  const shapes = await sharp(await noise(320, 240, 60))
    .blur(3)
    .png()
    .toBuffer();
  const grain = await noise(256, 256, 12);
  const large = sharp(shapes).resize(width, height, { fit: "fill", kernel: "cubic" });
  return sharp(
    await large
      .composite([{ input: grain, tile: true, blend: "soft-light" }])
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
}

function noise(width: number, height: number, sigma: number): Promise<Buffer> {
  return sharp({
    create: { width, height, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma } },
  })
    .png()
    .toBuffer();
}

type Encode = (image: Sharp) => Sharp;

/** Of every format that is taken, as people have them: photographs of a telephone, screenshots, small pictures. */
const MIXED: readonly [width: number, height: number, encode: Encode][] = [
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

export async function mixedPictures(): Promise<Buffer[]> {
  return Promise.all(
    MIXED.map(async ([width, height, encode]) => encode(await photo(width, height)).toBuffer()),
  );
}

/** A photograph as JPEG. */
export async function photograph(width: number, height: number): Promise<Buffer> {
  return (await photo(width, height)).jpeg({ quality: 80, progressive: true }).toBuffer();
}

/** The same pixels in a file of its own: with this number in a comment, right after the first two bytes of the JPEG. */
export function numbered(jpeg: Buffer, number: number): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 0, 0, 0, 0]);
  comment.writeInt32BE(number, 4);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

/** 49.996 megapixels. */
const HUGE = [8_660, 5_773] as const;

const HUGE_ENCODINGS: readonly Encode[] = [
  (image) => image.jpeg(),
  (image) => image.jpeg().withMetadata({ orientation: 6 }),
  (image) => image.jpeg({ progressive: true }),
  (image) => image.webp({ effort: 0 }),
  (image) => image.png({ compressionLevel: 1, palette: false }),
];

/** Ten images of 50 megapixels, each no larger than an upload may be. */
export async function hugePictures(): Promise<Buffer[]> {
  const smooth = sharp({ create: { width: HUGE[0], height: HUGE[1], channels: 3, background: "#c83232" } });
  const files: Buffer[] = [];
  for (const encode of HUGE_ENCODINGS) files.push(await encode(smooth.clone()).toBuffer());
  return [...files, ...files];
}
