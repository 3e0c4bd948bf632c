import { MAX_COLOR_PROFILE_BYTES } from "./color-profile.ts";
import { DamagedError } from "./damaged-error.ts";
import { exifOrientation, type Orientation } from "./exif.ts";
import type { Stripped } from "./stripped.ts";

/** https://developers.google.com/speed/webp/docs/riff_container. Of each of them the first is kept. */
const ONCE = ["VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"];
const HEADER_BYTES = 12;
/** Flags of VP8X: there is a color profile, there is EXIF, there is XMP. */
const HAS_COLOR_PROFILE = 0x20;
const HAS_METADATA = 0x08 | 0x04;

export function strippedWebp(file: Buffer): Stripped {
  const riffEnd = 8 + file.readUInt32LE(4);
  if (riffEnd > file.length) throw new DamagedError("a WebP that is cut off");
  const kept = new Map([["RIFF", file.subarray(0, HEADER_BYTES)]]);
  const wanted = new Set([...ONCE, "EXIF"]);
  let orientation: Orientation = 1;
  for (let at = HEADER_BYTES; at + 8 <= riffEnd;) {
    const size = file.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (end > riffEnd) throw new DamagedError("a WebP chunk that is cut off");
    const type = file.toString("latin1", at, at + 4);
    if (wanted.delete(type)) {
      if (type === "EXIF") orientation = exifOrientation(file.subarray(at + 8, at + 8 + size));
      else if (type !== "ICCP" || size <= MAX_COLOR_PROFILE_BYTES) kept.set(type, file.subarray(at, end));
    }
    at = end;
  }
  const picture = Buffer.concat([...kept.values()]);
  picture.writeUInt32LE(picture.length - 8, 4);
  const flags =
    picture.toString("latin1", HEADER_BYTES, HEADER_BYTES + 4) === "VP8X" ? HEADER_BYTES + 8 : undefined;
  if (flags !== undefined) {
    const absent = HAS_METADATA | (kept.has("ICCP") ? 0 : HAS_COLOR_PROFILE);
    picture.writeUInt8(picture.readUInt8(flags) & ~absent, flags);
  }
  return { picture, orientation };
}
