/** In pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** Each knows its format by the first bytes. They read beyond the end of a torn file, which throws a RangeError. */
const readers = [png, gif, webp, jpeg];

/** What the header of a PNG, GIF, WebP or JPEG says; undefined for anything else. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readers.map((read) => read(buffer)).find((size) => size !== undefined);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** https://www.w3.org/TR/png-3/#11IHDR */
function png(file: Buffer): ImageSize | undefined {
  if (file.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return undefined;
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt, section 18 */
function gif(file: Buffer): ImageSize | undefined {
  if (!/^GIF8[79]a/.test(file.toString("latin1", 0, 6))) return undefined;
  return { width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
}

/** https://developers.google.com/speed/webp/docs/riff_container: lossy, lossless, or extended by its first chunk. */
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

/** Goes from segment to segment to the frame's header: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function jpeg(file: Buffer): ImageSize | undefined {
  if (file.toString("latin1", 0, 3) !== "\xff\xd8\xff") return undefined;
  let at = 2;
  while (!isFrameHeader(file.readUInt16BE(at))) at += 2 + file.readUInt16BE(at + 2);
  return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
}

/** C0 to CF, of which C4, C8 and CC are something else. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}
