import type { Metadata } from "sharp";
import { MAX_EDGE_PIXELS, type ImageFormat } from "../labeling/images.ts";
import type { Stripped } from "./strip/stripped.ts";

const MIB = 1024 * 1024;

/** Resident memory of a new decoding process before its first file. Measured: 88 MiB. */
const PROCESS_BYTES = 96 * MIB;
/** Resident memory above which an idle decoding process is ended, so that the next file gets a new one. */
export const MAX_IDLE_BYTES = 160 * MIB;
/** Highest accepted estimate. Beyond it, the process would take more than 1 GiB. */
export const MAX_DECODING_BYTES = 1_024 * MIB - PROCESS_BYTES;
/** Resident memory above which a process is killed, even if the estimate for its file is high. */
const MAX_RESIDENT_BYTES = 1_152 * MIB;
/** Memory that decoding may take even if its estimate is lower. */
const MIN_DECODING_BYTES = 192 * MIB;

/** The resident memory above which a process is killed while it decodes a file with this estimate. */
export function residentLimit(estimatedBytes: number): number {
  const decodingBytes = Math.max(MIN_DECODING_BYTES, 1.2 * estimatedBytes);
  return Math.min(MAX_IDLE_BYTES + decodingBytes, MAX_RESIDENT_BYTES);
}

/**
 * Estimates the bytes that it takes to decode, shrink and encode an image that is stored in this format.
 *
 * The factors were measured with sharp 0.35.5 on Linux (glibc), on about 100 files of 12 to 50 megapixels: every format,
 * 8 and 16 bits, with and without transparency, interlaced or not, turned or not, square, wide and tall. These files took
 * from 10 % more to 60 % less than the estimate. A JPEG that the decoder shrinks takes even less.
 */
export function decodingMemory(
  metadata: Metadata,
  { orientation, format, tileHeight = 0 }: Omit<Stripped, "picture"> & { format: ImageFormat },
): number {
  const { width, height, channels, chromaSubsampling } = metadata;
  const sampleBytes = BYTES_PER_SAMPLE[metadata.depth] ?? 1;
  const pixels = width * height;
  const whole = pixels * channels * sampleBytes;
  const storedPixels = pixels * Math.min(1, MAX_EDGE_PIXELS / Math.max(width, height)) ** 2;
  const turned = orientation > 1 ? storedPixels * channels * sampleBytes : 0;
  const decoding = heldBytes(metadata, { whole, tileHeight }) + rowBytes(metadata, whole) + turned;
  if (format === "png") return OTHER_BYTES + decoding;
  // The encoder holds the coefficients of the whole image twice.
  if (format === "jpg")
    return OTHER_BYTES + decoding + (chromaSubsampling === "4:2:0" ? 6 : 12) * storedPixels;
  // A WebP is encoded after the whole image is decoded.
  return OTHER_BYTES + Math.max(decoding, (metadata.hasAlpha ? 32 : 13.5) * storedPixels);
}

const OTHER_BYTES = 16 * MIB;
const BYTES_PER_SAMPLE: Record<string, number> = {
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
  complex: 8,
  double: 8,
  dpcomplex: 16,
};

/** Bytes of the image that decoders hold from the beginning to the end. */
function heldBytes(metadata: Metadata, { whole, tileHeight }: { whole: number; tileHeight: number }): number {
  const { format, width, height, depth, isProgressive, chromaSubsampling } = metadata;
  const pixels = width * height;
  // The AV1 decoder keeps a description of every block of 4 × 4 pixels beside its frames.
  if (format === "heif") return (depth === "uchar" ? 19 : 26) * pixels;
  // A lossless WebP takes four bytes for each pixel.
  if (format === "webp") return 4.8 * pixels;
  // Coefficients take two bytes each.
  if (format === "jpeg" && isProgressive) return chromaSubsampling === "4:2:0" ? 3 * pixels : 2 * whole;
  if (format === "tiff") return whole * Math.min(1, (2 * tileHeight) / height);
  return format === "gif" || (format === "png" && isProgressive) ? whole : 0;
}

/**
 * Bytes of the rows that libvips holds while it shrinks an image: up to 2,000 rows. It takes more when the decoder delivers
 * rows one by one, and with transparency, which is multiplied into the colors. For AVIF and WebP, `heldBytes` includes them.
 */
function rowBytes({ format, height, hasAlpha, isProgressive }: Metadata, whole: number): number {
  if (format === "heif" || format === "webp") return 0;
  if (format === "png" && isProgressive) return (hasAlpha ? 1.3 : 1.1) * whole * Math.min(1, 2_000 / height);
  return (hasAlpha ? 2.3 : 1.75) * whole * Math.min(1, 1_500 / height);
}

/** Runs work once there is memory for it, in the order of the calls. */
export type MemoryLimit = <T>(bytes: number, work: () => Promise<T>) => Promise<T>;

/**
 * Limits the memory of up to two tasks at a time. Two tasks run side by side when they take at most `bytes` together, or one
 * of them takes at most `small` bytes. So a large task waits for other large tasks, but it neither delays small tasks nor waits
 * for them.
 */
export function memoryLimit({ bytes: maxBytes, small }: { bytes: number; small: number }): MemoryLimit {
  const waiting: { bytes: number; start: () => void }[] = [];
  let running = 0;
  let used = 0;

  function startNext(): void {
    const [next] = waiting;
    if (next === undefined) return;
    const fits = used + next.bytes <= maxBytes || Math.min(used, next.bytes) <= small;
    if (running > 0 && !fits) return;
    waiting.shift();
    running += 1;
    used += next.bytes;
    next.start();
    startNext();
  }

  return async (bytes, work) => {
    await new Promise<void>((start) => {
      waiting.push({ bytes, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      used -= bytes;
      startNext();
    }
  };
}
