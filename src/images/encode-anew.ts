import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import { MAX_EDGE, MAX_PIXELS, type ImageFormat, type ImageRefusal } from "../domain/image.ts";
import type { CheckedImage } from "./checked-image.ts";
import { decodingMemory } from "./decoding-memory.ts";
import { firstFrame } from "./first-frame.ts";
import { imageTypeOf, keptFormat } from "./image-type.ts";
import type { MemoryLimit } from "./memory-limit.ts";

/** What reading a header may take: a GIF's frames are counted on the way. */
const HEADER_MEMORY = 64 * 1024 * 1024;
/** As in JPEG. libvips holds some rows at a time: with ten million pixels in each, that takes gigabytes. */
const LONGEST_EDGE = 65_535;
/** Visually lossless. */
const QUALITY = 92;

/** What browsers show of a slightly wrong file is a picture; a file that breaks off or cannot be decoded is none. */
const INPUT = {
  failOn: "error",
  limitInputPixels: MAX_PIXELS,
  sequentialRead: true,
  autoOrient: true,
} as const satisfies SharpOptions;

interface Limits {
  /** Of the process, by bytes that decoding is reckoned to take. */
  memory: MemoryLimit;
  /** How long decoding and encoding may take; a whole number. */
  seconds: number;
}

/** Decodes a file, to its end, and encodes it anew: upright, in sRGB, without metadata. Never rejects for what is in it. */
export async function encodeAnew(uploaded: Buffer, limits: Limits): Promise<CheckedImage> {
  try {
    return await encoded(uploaded, limits);
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) };
  }
}

async function encoded(uploaded: Buffer, { memory, seconds }: Limits): Promise<CheckedImage> {
  const type = imageTypeOf(uploaded);
  const format = keptFormat(uploaded);
  if (type === undefined || format === undefined) return { ok: false, refusal: "other-format" };
  const picture = firstFrame(uploaded, type);
  if (picture === undefined) return { ok: false, refusal: "damaged" };
  const metadata = await memory(HEADER_MEMORY, () => sharp(picture, INPUT).metadata());
  if (metadata.format !== (type === "avif" ? "heif" : type)) return { ok: false, refusal: "other-format" };
  if (type === "avif" && metadata.compression !== "av1") return { ok: false, refusal: "heic" };
  if (isTooBig(metadata)) return { ok: false, refusal: "too-many-pixels" };
  const stored = await memory(decodingMemory(metadata), () =>
    encoder(sharp(picture, INPUT), format, metadata).timeout({ seconds }).toBuffer(),
  );
  return { ok: true, stored, format };
}

function isTooBig({ width, height }: Metadata): boolean {
  return width * height > MAX_PIXELS || Math.max(width, height) > LONGEST_EDGE;
}

/** sharp turns colours into sRGB and leaves metadata out by itself. */
function encoder(image: Sharp, format: ImageFormat, { chromaSubsampling }: Metadata): Sharp {
  const sized = image.resize({ width: MAX_EDGE, height: MAX_EDGE, fit: "inside", withoutEnlargement: true });
  if (format === "png") return sized.png();
  if (format === "webp") return sized.webp({ quality: QUALITY, effort: 2 });
  // Colours as sharp as they were.
  return sized.jpeg({
    quality: QUALITY,
    chromaSubsampling: chromaSubsampling === "4:2:0" ? "4:2:0" : "4:4:4",
  });
}

/** By sharp's words, as it has no codes. */
function refusalOf(error: unknown): ImageRefusal {
  const message = error instanceof Error ? error.message : "";
  if (message.includes("exceeds pixel limit")) return "too-many-pixels";
  return message.includes("timeout:") ? "too-slow" : "damaged";
}
