/** Edge of the brightness of a thumbnail, in pixels. */
export const LUMA_EDGE = 32;
/** Edge of each of its two color planes, in pixels. */
export const CHROMA_EDGE = 8;
const LUMA_BYTES = LUMA_EDGE ** 2;
const CHROMA_BYTES = CHROMA_EDGE ** 2;
/** Bytes of a thumbnail as it is stored. */
export const THUMBNAIL_BYTES = LUMA_BYTES + 2 * CHROMA_BYTES;
/** Edge to which an image is scaled before its pixels are averaged, a multiple of both edges. */
export const SCALED_EDGE = 64;

/** What is compared of an image: the image squeezed to a square, in the color space of JPEG (Y′CbCr), one byte for each value. */
export interface Thumbnail {
  /** Y′: 32 × 32 values, row by row. */
  luma: Uint8Array;
  /** 8 × 8 values of Cb, then as many of Cr. */
  chroma: Uint8Array;
}

/** @param pixels 64 × 64 pixels, row by row: red, green and blue of each */
export function thumbnailOf(pixels: Uint8Array): Thumbnail {
  const luma = new Float64Array(LUMA_BYTES);
  const chroma = new Float64Array(2 * CHROMA_BYTES);
  for (let pixel = 0; pixel < SCALED_EDGE ** 2; pixel += 1) {
    const red = pixels[3 * pixel] ?? 0;
    const blue = pixels[3 * pixel + 2] ?? 0;
    const y = 0.299 * red + 0.587 * (pixels[3 * pixel + 1] ?? 0) + 0.114 * blue;
    add(luma, cellOf(pixel, LUMA_EDGE), y);
    const cell = cellOf(pixel, CHROMA_EDGE);
    add(chroma, cell, 0.564 * (blue - y));
    add(chroma, cell + CHROMA_BYTES, 0.713 * (red - y));
  }
  return {
    luma: Uint8Array.from(luma, (sum) => Math.round(sum / (SCALED_EDGE / LUMA_EDGE) ** 2)),
    chroma: Uint8Array.from(chroma, (sum) => Math.round(128 + sum / (SCALED_EDGE / CHROMA_EDGE) ** 2)),
  };
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}

/** The cell of a square of this edge in which a scaled pixel lies. */
function cellOf(pixel: number, edge: number): number {
  const side = SCALED_EDGE / edge;
  return Math.floor(pixel / SCALED_EDGE / side) * edge + Math.floor((pixel % SCALED_EDGE) / side);
}

/** The bytes of a thumbnail as they are stored. */
export function thumbnailBytes({ luma, chroma }: Thumbnail): Buffer {
  return Buffer.concat([luma, chroma]);
}

/** Reads what `thumbnailBytes` wrote. Returns undefined for anything else. */
export function parseThumbnail(bytes: Uint8Array): Thumbnail | undefined {
  if (bytes.length !== THUMBNAIL_BYTES) return undefined;
  return { luma: bytes.subarray(0, LUMA_BYTES), chroma: bytes.subarray(LUMA_BYTES) };
}
