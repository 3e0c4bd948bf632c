import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import {
  MAX_EDGE,
  MAX_PIXELS,
  MAX_STORED_BYTES,
  type ImageFormat,
  type ImageRefusal,
} from "../labeling/image.ts";
import type { Outcome } from "./checked-image.ts";
import { decodingMemory, MAX_DECODING_BYTES } from "./decoding-memory.ts";
import { imageTypeOf, type ImageType } from "./image-type.ts";
import type { Orientation } from "./strip/exif.ts";
import { stripped } from "./strip/stripped.ts";
import { isLossyTiff } from "./strip/tiff.ts";

/** As in JPEG. libvips holds some rows at a time: with ten million pixels in each, that takes gigabytes. */
const LONGEST_EDGE = 65_535;
/** Visually lossless. */
const QUALITY = 92;
/** For an image that would be stored in too many bytes. */
const LOW_QUALITY = 75;

/** What browsers show of a slightly wrong file is a picture; a file that breaks off or cannot be decoded is none. */
const INPUT = {
  failOn: "error",
  limitInputPixels: MAX_PIXELS,
  sequentialRead: true,
} as const satisfies SharpOptions;

interface Options {
  /** Called once the header is read, with the bytes that the rest may take. Resolves when there is room for them. */
  reserveMemory: (bytes: number) => Promise<void>;
  maxStoredBytes?: number;
}

/** Decodes a file, to its end, and encodes it anew: upright, in sRGB, without metadata. Never rejects for what is in it. */
export async function reencode(uploaded: Buffer, options: Options): Promise<Outcome> {
  try {
    return await encoded(uploaded, options);
  } catch (error) {
    return refused(refusalOf(error));
  }
}

async function encoded(
  uploaded: Buffer,
  { reserveMemory, maxStoredBytes = MAX_STORED_BYTES }: Options,
): Promise<Outcome> {
  const type = imageTypeOf(uploaded);
  if (type === undefined || type === "heic") return refused("other-format");
  const { picture, orientation, tileHeight } = stripped(uploaded, type);
  const metadata = await sharp(picture, INPUT).metadata();
  if (metadata.format !== (type === "avif" ? "heif" : type)) return refused("other-format");
  if (type === "avif" && metadata.compression !== "av1") return refused("heic");
  if (isTooBig(metadata)) return refused("too-many-pixels");
  const format = formatOf(type, picture);
  const memory = decodingMemory(metadata, { orientation, format, tileHeight });
  if (memory > MAX_DECODING_BYTES) return refused("too-much-memory");
  await reserveMemory(memory);
  const sized = sharp(picture, INPUT).resize({ ...box(MAX_EDGE), withoutEnlargement: true });
  const stored = await encoder(upright(sized, orientation), format, metadata).toBuffer();
  return withinBytes(stored, { format, most: maxStoredBytes });
}

function refused(refusal: ImageRefusal): Outcome {
  return { ok: false, refusal };
}

function isTooBig({ width, height }: Metadata): boolean {
  return width * height > MAX_PIXELS || Math.max(width, height) > LONGEST_EDGE;
}

/** Lossy formats stay lossy: what they invent when they are decoded (film grain) takes 50,000 times as much without losses. */
function formatOf(type: Exclude<ImageType, "heic">, picture: Buffer): ImageFormat {
  if (type === "jpeg") return "jpg";
  const isLossy = type === "webp" || type === "avif" || (type === "tiff" && isLossyTiff(picture));
  return isLossy ? "webp" : "png";
}

function box(edge: number): { width: number; height: number; fit: "inside" } {
  return { width: edge, height: edge, fit: "inside" };
}

/** After the resizing, so that decoders may shrink, and what is turned is small. Mirrored first, then turned clockwise. */
const UPRIGHT: Record<Orientation, (image: Sharp) => Sharp> = {
  1: (image) => image,
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  5: (image) => image.flop().rotate(270),
  6: (image) => image.rotate(90),
  7: (image) => image.flop().rotate(90),
  8: (image) => image.rotate(270),
};

function upright(image: Sharp, orientation: Orientation): Sharp {
  return UPRIGHT[orientation](image);
}

/** sharp turns colors into sRGB and leaves metadata out by itself. */
function encoder(image: Sharp, format: ImageFormat, { chromaSubsampling }: Metadata): Sharp {
  if (format === "png") return image.png();
  if (format === "webp") return image.webp({ quality: QUALITY, effort: 2 });
  // Colors as sharp as they were.
  return image.jpeg({
    quality: QUALITY,
    chromaSubsampling: chromaSubsampling === "4:2:0" ? "4:2:0" : "4:4:4",
  });
}

/** Encodes an image that takes too many bytes with more losses, or as well smaller; a PNG becomes a WebP. */
async function withinBytes(
  encoded: Buffer,
  { format, most }: { format: ImageFormat; most: number },
): Promise<Outcome> {
  if (encoded.length <= most) return { ok: true, stored: encoded, format };
  // Of noise, to which a file may decode, the losses take away two fifths.
  for (const edge of encoded.length > 1.6 * most ? [MAX_EDGE / 2] : [MAX_EDGE, MAX_EDGE / 2]) {
    const image = sharp(encoded).resize({ ...box(edge), withoutEnlargement: true });
    const stored = await (
      format === "jpg"
        ? image.jpeg({ quality: LOW_QUALITY })
        : image.webp({ quality: LOW_QUALITY, alphaQuality: LOW_QUALITY, effort: 2 })
    ).toBuffer();
    if (stored.length <= most) return { ok: true, stored, format: format === "jpg" ? "jpg" : "webp" };
  }
  return refused("too-detailed");
}

/** By sharp's words, as it has no codes. */
function refusalOf(error: unknown): ImageRefusal {
  const message = error instanceof Error ? error.message : "";
  return message.includes("exceeds pixel limit") ? "too-many-pixels" : "damaged";
}
