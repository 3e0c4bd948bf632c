import { inflateSync } from "node:zlib";
import { DamagedError, MAX_COLOR_PROFILE_BYTES, type Orientation, type Stripped } from "./stripped.ts";
import { exifOrientation } from "./tiff.ts";

/** Bytes of a chunk beside its data: length, type, CRC. @see https://www.w3.org/TR/png-3/#5Chunk-layout */
const OVERHEAD_BYTES = 12;
const SIGNATURE_BYTES = 8;
/** The first chunk of each of these types is kept. */
const KEPT_ONCE = ["IHDR", "PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM"].map(typeOf);
const [IDAT, IEND, EXIF, ICCP] = ["IDAT", "IEND", "eXIf", "iCCP"].map(typeOf);

/** A chunk's type as a number, because comparing strings is slow and a file may have 600,000 chunks. */
function typeOf(letters: string): number {
  return Buffer.from(letters, "latin1").readUInt32BE();
}

export function stripPng(file: Buffer): Stripped {
  const kept = Buffer.allocUnsafe(file.length);
  let length = file.copy(kept, 0, 0, SIGNATURE_BYTES);
  const wanted = new Set([...KEPT_ONCE, EXIF]);
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

/** Checks a name of 1 to 79 bytes, a zero, the compression method, and the profile. @see https://www.w3.org/TR/png-3/#11iCCP */
function isColorProfile(data: Buffer): boolean {
  if (data.length > MAX_COLOR_PROFILE_BYTES) return false;
  const nameEnd = data.subarray(0, 80).indexOf(0);
  if (nameEnd < 1) return false;
  try {
    inflateSync(data.subarray(nameEnd + 2), { maxOutputLength: MAX_COLOR_PROFILE_BYTES });
    return true;
  } catch {
    // The profile is too large or damaged.
    return false;
  }
}
