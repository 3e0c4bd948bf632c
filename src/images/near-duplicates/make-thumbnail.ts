import sharp, { type Sharp } from "sharp";
import { MAX_PIXELS } from "../../labeling/images.ts";
import { SCALED_EDGE, thumbnailOf, type Thumbnail } from "./thumbnail.ts";

/**
 * Makes the thumbnail of an image as it is stored, on white where it is transparent. Decodes the image; a JPEG or a WebP only as large
 * as needed.
 * @throws Error when it cannot be decoded
 */
export async function makeThumbnail(stored: Buffer): Promise<Thumbnail> {
  return shrinkToThumbnail(sharp(stored, { limitInputPixels: MAX_PIXELS, sequentialRead: true }));
}

/** Makes the thumbnail of an image, on white where it is transparent. */
export async function shrinkToThumbnail(image: Sharp): Promise<Thumbnail> {
  const pixels = await image
    .resize(SCALED_EDGE, SCALED_EDGE, { fit: "fill", kernel: "linear" })
    .flatten({ background: "#fff" })
    .toColorspace("srgb")
    .raw()
    .toBuffer();
  return thumbnailOf(pixels);
}
