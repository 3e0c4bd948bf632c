import type { ImageType } from "./image-type.ts";

/*
 * libvips reads more of a file than the picture that is asked for: it counts all pages of a TIFF and all frames of an
 * animated WebP, and inflates the texts of a PNG. A file of 5 MB keeps it busy for a minute in that way, before any limit
 * or time-out applies. So the decoders get a file that has nothing but its first picture.
 */

/** The file without all that its first picture can do without; undefined when it is not built as its format wants it. */
export function firstFrame(file: Buffer, type: ImageType): Buffer | undefined {
  if (type === "png") return pngPicture(file);
  if (type === "webp") return webpPicture(file);
  if (type === "tiff") return tiffPicture(file);
  return file;
}

const PNG_CHUNKS = new Set("IHDR PLTE tRNS iCCP sRGB gAMA cHRM eXIf IDAT IEND".split(" "));

/** https://www.w3.org/TR/png-3/#5Chunk-layout: length, type, data, CRC. What follows the last chunk is dropped. */
function pngPicture(file: Buffer): Buffer | undefined {
  const kept = Buffer.allocUnsafe(file.length);
  let length = file.copy(kept, 0, 0, 8);
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    if (end > file.length) return undefined;
    if (PNG_CHUNKS.has(type)) length += file.copy(kept, length, at, end);
    if (type === "IEND") return kept.subarray(0, length);
    at = end;
  }
  return undefined;
}

const WEBP_CHUNKS = ["VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L", "EXIF"];

/** https://developers.google.com/speed/webp/docs/riff_container. Of each kind of chunk the first is kept. */
function webpPicture(file: Buffer): Buffer | undefined {
  const riffEnd = 8 + file.readUInt32LE(4);
  if (riffEnd > file.length) return undefined;
  const kept = [file.subarray(0, 12)];
  const wanted = new Set(WEBP_CHUNKS);
  for (let at = 12; at + 8 <= riffEnd;) {
    const size = file.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (end > riffEnd) return undefined;
    if (wanted.delete(file.toString("latin1", at, at + 4))) kept.push(file.subarray(at, end));
    at = end;
  }
  const picture = Buffer.concat(kept);
  picture.writeUInt32LE(picture.length - 8, 4);
  return picture;
}

/** Cuts the chain of directories after the first, each of which ends with the offset of the next. */
function tiffPicture(file: Buffer): Buffer | undefined {
  const little = file[0] === 0x49;
  const big = file[little ? 2 : 3] === 0x2b;
  const read = (at: number, bytes: 2 | 4 | 8): number => {
    if (at + bytes > file.length) return Number.POSITIVE_INFINITY;
    if (bytes === 8) return Number(little ? file.readBigUInt64LE(at) : file.readBigUInt64BE(at));
    return little ? file.readUIntLE(at, bytes) : file.readUIntBE(at, bytes);
  };
  const directory = big ? read(8, 8) : read(4, 4);
  const next = big ? directory + 8 + 20 * read(directory, 8) : directory + 2 + 12 * read(directory, 2);
  const width = big ? 8 : 4;
  // Not NaN either: an offset that is no number has been read from beyond the end.
  if (!(next + width <= file.length)) return undefined;
  return Buffer.from(file).fill(0, next, next + width);
}
