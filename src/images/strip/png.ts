import { inflateSync } from "node:zlib";
import { MAX_COLOR_PROFILE_BYTES } from "./color-profile.ts";
import { DamagedError } from "./damaged-error.ts";
import { exifOrientation, type Orientation } from "./exif.ts";
import type { Stripped } from "./stripped.ts";

/** https://www.w3.org/TR/png-3/#5Chunk-layout: length, type, data, CRC. */
const OVERHEAD_BYTES = 12;
const SIGNATURE_BYTES = 8;
/** Of each of them the first is kept. */
const ONCE = ["IHDR", "PLTE", "tRNS", "iCCP", "sRGB", "gAMA", "cHRM"];

export function strippedPng(file: Buffer): Stripped {
  const kept = Buffer.allocUnsafe(file.length);
  let length = file.copy(kept, 0, 0, SIGNATURE_BYTES);
  const wanted = new Set([...ONCE, "eXIf"]);
  let orientation: Orientation = 1;
  for (let at = SIGNATURE_BYTES; at + OVERHEAD_BYTES <= file.length;) {
    const size = file.readUInt32BE(at);
    const end = at + OVERHEAD_BYTES + size;
    if (end > file.length) break;
    const type = file.toString("latin1", at + 4, at + 8);
    const data = file.subarray(at + 8, end - 4);
    if (type === "IDAT" ? size > 0 : type === "IEND") length += file.copy(kept, length, at, end);
    else if (wanted.delete(type)) {
      if (type === "eXIf") orientation = exifOrientation(data);
      else if (type !== "iCCP" || isColorProfile(data)) length += file.copy(kept, length, at, end);
    }
    if (type === "IEND") return { picture: kept.subarray(0, length), orientation };
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
