import { inflateSync } from "node:zlib";
import { MAX_COLOR_PROFILE_BYTES } from "./color-profile.ts";
import { DamagedError } from "./damaged-error.ts";
import { exifOrientation, type Orientation } from "./exif.ts";
import type { Stripped } from "./stripped.ts";

/** https://www.w3.org/TR/png-3/#5Chunk-layout: length, type, data, CRC. */
const OVERHEAD_BYTES = 12;
const SIGNATURE_BYTES = 8;
/** Of each of them the first is kept. */
const ONCE = ["IHDR", "PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM"].map(typeOf);
const [IDAT, IEND, EXIF, ICCP] = ["IDAT", "IEND", "eXIf", "iCCP"].map(typeOf);

/** The four letters of a chunk's type as a number: a file may have 600,000 chunks. */
function typeOf(letters: string): number {
  return Buffer.from(letters, "latin1").readUInt32BE();
}

export function strippedPng(file: Buffer): Stripped {
  const kept = Buffer.allocUnsafe(file.length);
  let length = file.copy(kept, 0, 0, SIGNATURE_BYTES);
  const wanted = new Set([...ONCE, EXIF]);
  let orientation: Orientation = 1;
  for (let at = SIGNATURE_BYTES; at + OVERHEAD_BYTES <= file.length;) {
    const size = file.readUInt32BE(at);
    const end = at + OVERHEAD_BYTES + size;
    if (end > file.length) break;
    const type = file.readUInt32BE(at + 4);
    if (type === IDAT ? size > 0 : type === IEND) length += file.copy(kept, length, at, end);
    else if (wanted.delete(type)) {
      const data = file.subarray(at + 8, end - 4);
      if (type === EXIF) orientation = exifOrientation(data);
      else if (type !== ICCP || isColorProfile(data)) length += file.copy(kept, length, at, end);
    }
    if (type === IEND) return { picture: kept.subarray(0, length), orientation };
    at = end;
  }
  throw new DamagedError("a PNG without an end");
}

/** https://www.w3.org/TR/png-3/#11iCCP: a name of 1 to 79 bytes, a zero, the compression method, the compressed profile. */
function isColorProfile(data: Buffer): boolean {
  if (data.length > MAX_COLOR_PROFILE_BYTES) return false;
  const nameEnd = data.subarray(0, 80).indexOf(0);
  if (nameEnd < 1) return false;
  try {
    inflateSync(data.subarray(nameEnd + 2), { maxOutputLength: MAX_COLOR_PROFILE_BYTES });
    return true;
  } catch {
    // Too large, or damaged.
    return false;
  }
}
