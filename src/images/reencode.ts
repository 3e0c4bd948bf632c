import sharp, { type Metadata, type ResizeOptions, type Sharp, type SharpOptions } from "sharp";
import {
  MAX_EDGE_PIXELS,
  MAX_PIXELS,
  MAX_STORED_BYTES,
  type ImageFormat,
  type ImageRefusal,
} from "../labeling/images.ts";
import { decodingMemory, MAX_DECODING_BYTES } from "./decoding-memory.ts";
import { imageTypeOf, type ImageType } from "./image-type.ts";
import { stripAvif } from "./strip/avif.ts";
import { stripGif } from "./strip/gif.ts";
import { stripJpeg } from "./strip/jpeg.ts";
import { stripPng } from "./strip/png.ts";
import type { Orientation, Stripped } from "./strip/stripped.ts";
import { isLossyTiff, stripTiff } from "./strip/tiff.ts";
import { stripWebp } from "./strip/webp.ts";

/** Pixels, the limit of JPEG. libvips holds some rows at a time; with ten million pixels in each, they would take gigabytes. */
const MAX_UPLOADED_EDGE = 65_535;
/** JPEG and WebP quality, from 1 to 100: visually lossless, and for an image that would take too many bytes. */
const QUALITY = 92;
const LOW_QUALITY = 75;

/** Accepts files with small errors, as browsers do; refuses files that are cut off or cannot be decoded. */
const INPUT: SharpOptions = { failOn: "error", limitInputPixels: MAX_PIXELS, sequentialRead: true };

interface Options {
  /** Called after the header is read, with the estimated bytes for the rest. Resolves when there is memory for them. */
  reserveMemory: (bytes: number) => Promise<void>;
  maxStoredBytes?: number;
}

export type Reencoded =
  | { ok: true; stored: Buffer; format: ImageFormat }
  | { ok: false; refusal: ImageRefusal };

/** The result of a check, and the milliseconds that decoding processes spent on the file. */
export type CheckedImage = Reencoded & { decodingMs: number };

/** Decodes a whole file and encodes it again: upright, in sRGB, without metadata. Never rejects because of what is in the file. */
export async function reencode(uploaded: Buffer, options: Options): Promise<Reencoded> {
  try {
    return await decodeAndEncode(uploaded, options);
  } catch (error) {
    // The text decides, because errors of sharp have no codes.
    return refused(String(error).includes("exceeds pixel limit") ? "too-many-pixels" : "damaged");
  }
}

async function decodeAndEncode(
  uploaded: Buffer,
  { reserveMemory, maxStoredBytes = MAX_STORED_BYTES }: Options,
): Promise<Reencoded> {
  const type = imageTypeOf(uploaded);
  if (type === undefined || type === "heic") return refused("other-format");
  const { picture, orientation, tileHeight } = METADATA_STRIPPERS[type](uploaded);
  const metadata = await sharp(picture, INPUT).metadata();
  if (metadata.format !== (type === "avif" ? "heif" : type)) return refused("other-format");
  if (type === "avif" && metadata.compression !== "av1") return refused("heic");
  const { width, height } = metadata;
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_UPLOADED_EDGE)
    return refused("too-many-pixels");
  const format = formatOf(type, picture);
  const memory = decodingMemory(metadata, { orientation, format, tileHeight });
  if (memory > MAX_DECODING_BYTES) return refused("too-much-memory");
  await reserveMemory(memory);
  const sized = sharp(picture, INPUT).resize(box(MAX_EDGE_PIXELS));
  const stored = await encoder(UPRIGHT[orientation](sized), format, metadata).toBuffer();
  return shrinkToBytes(stored, { format, maxBytes: maxStoredBytes });
}

type StrippableType = Exclude<ImageType, "heic">;

/**
 * Removes everything that the first picture does not need: EXIF, XMP, IPTC, comments, further frames and pages, thumbnails,
 * gain maps, trailing data. libvips and its libraries read all of that together with the header, before any limit applies:
 * 65 kB of EXIF pointers to each other take 5 s of CPU, 9 MB of TIFF entries 8 s, 9 MB of AVIF items 2 GB. The work here is
 * linear in the length of the file. A color profile of more than 2 MiB is removed too.
 * @throws Error when the file is not built as its format requires
 */
export const METADATA_STRIPPERS: Record<StrippableType, (file: Buffer) => Stripped> = {
  jpeg: stripJpeg,
  png: stripPng,
  webp: stripWebp,
  gif: stripGif,
  avif: stripAvif,
  tiff: stripTiff,
};

function refused(refusal: ImageRefusal): Reencoded {
  return { ok: false, refusal };
}

/** Lossy formats stay lossy: what their decoders add, such as film grain, can take 50,000 times as many bytes in a lossless format. */
function formatOf(type: StrippableType, picture: Buffer): ImageFormat {
  if (type === "jpeg") return "jpg";
  const isLossy = type === "webp" || type === "avif" || (type === "tiff" && isLossyTiff(picture));
  return isLossy ? "webp" : "png";
}

function box(edge: number): ResizeOptions {
  return { width: edge, height: edge, fit: "inside", withoutEnlargement: true };
}

/** Mirrors first, then turns clockwise. It comes after resizing, so that decoders may shrink and fewer pixels are turned. */
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

/** By default, sharp converts colors to sRGB and leaves out metadata. */
function encoder(image: Sharp, format: ImageFormat, { chromaSubsampling }: Metadata): Sharp {
  if (format === "png") return image.png();
  if (format === "webp") return image.webp({ quality: QUALITY, effort: 2 });
  const colorResolution = chromaSubsampling === "4:2:0" ? "4:2:0" : "4:4:4";
  return image.jpeg({ quality: QUALITY, chromaSubsampling: colorResolution });
}

/** Encodes an image that takes too many bytes again, with more losses and, if needed, smaller. A PNG becomes a WebP. */
async function shrinkToBytes(
  encoded: Buffer,
  { format, maxBytes }: { format: ImageFormat; maxBytes: number },
): Promise<Reencoded> {
  if (encoded.length <= maxBytes) return { ok: true, stored: encoded, format };
  // In the worst case, pure noise, the lower quality saves only about 40 % at full size.
  const fullSize = encoded.length > 1.6 * maxBytes ? [] : [MAX_EDGE_PIXELS];
  for (const edge of [...fullSize, MAX_EDGE_PIXELS / 2]) {
    const image = sharp(encoded).resize(box(edge));
    const stored = await (
      format === "jpg"
        ? image.jpeg({ quality: LOW_QUALITY })
        : image.webp({ quality: LOW_QUALITY, alphaQuality: LOW_QUALITY, effort: 2 })
    ).toBuffer();
    if (stored.length <= maxBytes) return { ok: true, stored, format: format === "jpg" ? "jpg" : "webp" };
  }
  return refused("too-detailed");
}
