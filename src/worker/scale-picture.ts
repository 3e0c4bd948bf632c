import sharp, { type ResizeOptions, type Sharp } from "sharp";
import { imageTypeOf } from "../images/image-type.ts";

const QUALITY = 82;
/** From 0 to 6. Twice as fast as sharp's default of 4, with about 5 % more bytes and no visible difference. */
const EFFORT = 1;
const MAX_STORED_PIXELS = 50_000_000;

/** Pixels on the longer edge. */
const MAX_SHOWN_EDGE = 1_024;
/** A canvas has the aspect ratio 4:3. Discord scales all of this width to the same size. */
const MIN_CANVAS_WIDTH = 640;
const CANVAS_ASPECT = 4 / 3;
/** Bytes of a small image. Ten such images fit in one message, and people load them without waiting. */
const MAX_UNSCALED_BYTES = 256 * 1024;
const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };

/** "fitted": the image alone. "canvas": the image in the middle of a canvas, so that all pictures have the same shape. */
export type PictureFormat = "fitted" | "canvas";

/** Makes the picture of an encoded image. Rejects if it cannot be decoded. */
export const SCALE: Record<PictureFormat, (stored: Buffer) => Promise<Buffer>> = {
  fitted(stored) {
    const edge = { width: MAX_SHOWN_EDGE, height: MAX_SHOWN_EDGE };
    const image = sized(stored, { ...edge, fit: "inside", withoutEnlargement: true });
    return isJpeg(stored) ? jpeg(image) : webp(image);
  },

  async canvas(stored) {
    const { autoOrient } = await sharp(stored, { limitInputPixels: MAX_STORED_PIXELS }).metadata();
    const { width, height, margins } = placeOnCanvas(autoOrient);
    const image = sized(stored, { width, height, fit: "fill" });
    const hasMargins = Object.values(margins).some((margin) => margin > 0);
    if (isJpeg(stored) && !hasMargins) return jpeg(image);
    return webp(image.extend({ ...margins, background: TRANSPARENT }));
  },
};

/**
 * Makes the picture of an image that the check has encoded: the image itself if it is small, because it has no metadata. Rejects if
 * it cannot be decoded.
 */
export async function previewOf(stored: Buffer): Promise<Buffer> {
  if (stored.length > MAX_UNSCALED_BYTES) return SCALE.fitted(stored);
  const { width, height } = await sharp(stored, { limitInputPixels: MAX_STORED_PIXELS }).metadata();
  return Math.max(width, height) > MAX_SHOWN_EDGE ? SCALE.fitted(stored) : stored;
}

function isJpeg(stored: Buffer): boolean {
  return imageTypeOf(stored) === "jpeg";
}

function sized(stored: Buffer, size: ResizeOptions): Sharp {
  return sharp(stored, { limitInputPixels: MAX_STORED_PIXELS }).rotate().resize(size);
}

/** Half the processor time of a WebP. Photos have up to a fifth more bytes. */
function jpeg(image: Sharp): Promise<Buffer> {
  return image.jpeg({ quality: QUALITY }).toBuffer();
}

function webp(image: Sharp): Promise<Buffer> {
  return image.webp({ quality: QUALITY, effort: EFFORT }).toBuffer();
}

/** The size of an image on its canvas, and the margins around it. Images are not enlarged. */
function placeOnCanvas(image: { width: number; height: number }) {
  const wanted = Math.max(image.width, image.height * CANVAS_ASPECT);
  const canvasWidth = Math.round(Math.min(Math.max(wanted, MIN_CANVAS_WIDTH), MAX_SHOWN_EDGE));
  const canvasHeight = Math.round(canvasWidth / CANVAS_ASPECT);
  const scale = Math.min(1, canvasWidth / image.width, canvasHeight / image.height);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const left = Math.floor((canvasWidth - width) / 2);
  const top = Math.floor((canvasHeight - height) / 2);
  const margins = { left, right: canvasWidth - width - left, top, bottom: canvasHeight - height - top };
  return { width, height, margins };
}
