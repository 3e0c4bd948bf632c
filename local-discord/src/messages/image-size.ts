/** The size of an image in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** Each reader recognizes its format by the first bytes. Reading beyond the end of a truncated file throws a RangeError. */
const readers = [png, gif, webp, jpeg];

/** Returns the size in the header of a PNG, GIF, WebP or JPEG; undefined for any other file. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readers.map((read) => read(buffer)).find((size) => size !== undefined);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @see https://www.w3.org/TR/png-3/#11IHDR */
function png(file: Buffer): ImageSize | undefined {
  if (file.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return undefined;
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt, section 18 */
function gif(file: Buffer): ImageSize | undefined {
  if (!/^GIF8[79]a/.test(file.toString("latin1", 0, 6))) return undefined;
  return { width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
}

/**
 * Reads the size from the first chunk, whose name says whether the file is lossy, lossless or extended.
 * @see https://developers.google.com/speed/webp/docs/riff_container
 */
function webp(file: Buffer): ImageSize | undefined {
  if (!/^RIFF.{4}WEBP/s.test(file.toString("latin1", 0, 12))) return undefined;
  switch (file.toString("latin1", 12, 16)) {
    case "VP8 ":
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = file.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/**
 * Skips segments up to the frame header.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2
 */
function jpeg(file: Buffer): ImageSize | undefined {
  if (file.toString("latin1", 0, 3) !== "\xff\xd8\xff") return undefined;
  let at = 2;
  while (!isFrameHeader(file.readUInt16BE(at))) at += 2 + file.readUInt16BE(at + 2);
  return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
}

/** Whether a marker starts a frame: C0 to CF, except C4, C8 and CC. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}
