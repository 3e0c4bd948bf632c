import type { Metadata } from "sharp";

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

/** Pixels: a row beyond is made smaller by so much that most rows are held at a time, but in JPEG, read smaller at once. */
const WIDE = 16_384;

/**
 * About how many bytes decoding such an image and making it smaller takes at the most. Measured with images of 50
 * megapixels and sharp 0.35 on Linux: two bytes a pixel where rows go through one by one, as in a plain JPEG or PNG. On
 * top of that some decoders hold the whole image, or more.
 */
export function decodingMemory(metadata: Metadata): number {
  const pixels = metadata.width * metadata.height;
  const whole = pixels * metadata.channels * (BYTES_PER_SAMPLE[metadata.depth] ?? 1);
  const turned = (metadata.orientation ?? 1) > 1 ? whole : 0;
  const wide = metadata.width > WIDE && metadata.format !== "jpeg" ? whole : 0;
  return 2 * pixels + heldWhole(metadata, whole) + turned + wide;
}

function heldWhole({ format, isProgressive, width, height }: Metadata, whole: number): number {
  if (format === "heif") {
    // AV1's decoder keeps a description of every block of 4 × 4 pixels beside its frames.
    return 16 * width * height;
  }
  // A progressive JPEG is held as coefficients of two bytes.
  if (format === "jpeg") return isProgressive ? 2 * whole : 0;
  if (format === "png") return isProgressive ? whole : 0;
  return whole;
}
