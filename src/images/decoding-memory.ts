import type { Metadata } from "sharp";
import { MAX_EDGE, type ImageFormat } from "../labeling/image.ts";
import type { Orientation } from "./strip/exif.ts";

const MIB = 1024 * 1024;

/** What a new decoding process has before it gets a file: 88 MiB, measured. */
const PROCESS_BYTES = 96 * MIB;
/** What it may have between two files; with more it is ended, and the next file gets a new one. */
export const MAX_IDLE_BYTES = 160 * MIB;
/** A file whose estimate is higher is refused: it would take a process of 1 GiB. */
export const MAX_DECODING_BYTES = 1_024 * MIB - PROCESS_BYTES;
/** Resident memory beyond which a process is killed, whatever its file. */
const MAX_RESIDENT_BYTES = 1_152 * MIB;
/** What decoding may take, however low its estimate. */
const MIN_DECODING_BYTES = 192 * MIB;

/** The resident memory beyond which a process is killed that decodes a file of this estimate. */
export function residentLimit(estimatedBytes: number): number {
  const decodingBytes = Math.max(MIN_DECODING_BYTES, 1.2 * estimatedBytes);
  return Math.min(MAX_IDLE_BYTES + decodingBytes, MAX_RESIDENT_BYTES);
}

interface Plan {
  orientation: Orientation;
  /** The format in which the image is stored. */
  format: ImageFormat;
  tileHeight?: number | undefined;
}

/**
 * Estimates how many bytes decoding an image, making it smaller and encoding it take at the most.
 *
 * The factors below were measured with sharp 0.35.5 on Linux (glibc), on some 100 files of 12 to 50 megapixels: of each
 * format, with 8 and 16 bits, with and without transparency, interlaced or not, turned or not, square, wide and tall.
 * Those files took 10 % more to 60 % less than the estimate, and a JPEG that is read smaller at once still less.
 */
export function decodingMemory(metadata: Metadata, plan: Plan): number {
  const { orientation, format, tileHeight = 0 } = plan;
  const { width, height, channels, chromaSubsampling } = metadata;
  const sampleBytes = BYTES_PER_SAMPLE[metadata.depth] ?? 1;
  const pixels = width * height;
  const whole = pixels * channels * sampleBytes;
  const storedPixels = pixels * Math.min(1, MAX_EDGE / Math.max(width, height)) ** 2;
  const turned = orientation > 1 ? storedPixels * channels * sampleBytes : 0;
  const decoding = heldBytes(metadata, { whole, tileHeight }) + rowBytes(metadata, whole) + turned;
  const hasHalfChroma = chromaSubsampling === "4:2:0";
  if (format === "png") return OTHER_BYTES + decoding;
  // The coefficients of the whole image, twice.
  if (format === "jpg") return OTHER_BYTES + decoding + (hasHalfChroma ? 6 : 12) * storedPixels;
  // A WebP is encoded once the image is there.
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

/** What decoders hold of an image from the beginning to the end. */
function heldBytes(metadata: Metadata, { whole, tileHeight }: { whole: number; tileHeight: number }): number {
  const { format, width, height, depth, isProgressive, chromaSubsampling } = metadata;
  const pixels = width * height;
  // AV1's decoder keeps a description of every block of 4 × 4 pixels beside its frames.
  if (format === "heif") return (depth === "uchar" ? 19 : 26) * pixels;
  // Four bytes for each pixel, if it is lossless.
  if (format === "webp") return 4.8 * pixels;
  // As coefficients of two bytes.
  if (format === "jpeg" && isProgressive) return chromaSubsampling === "4:2:0" ? 3 * pixels : 2 * whole;
  if (format === "tiff") return whole * Math.min(1, (2 * tileHeight) / height);
  return format === "gif" || (format === "png" && isProgressive) ? whole : 0;
}

/**
 * The rows that libvips holds while it makes an image smaller: up to 2,000, more of those that come one by one, and more
 * with transparency, which is multiplied into the colors. Of AVIF and WebP they are in the figures above.
 */
function rowBytes({ format, height, hasAlpha, isProgressive }: Metadata, whole: number): number {
  if (format === "heif" || format === "webp") return 0;
  if (format === "png" && isProgressive) return (hasAlpha ? 1.3 : 1.1) * whole * Math.min(1, 2_000 / height);
  return (hasAlpha ? 2.3 : 1.75) * whole * Math.min(1, 1_500 / height);
}
