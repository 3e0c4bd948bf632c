import { DamagedError, MAX_COLOR_PROFILE_BYTES, type Orientation, type Stripped } from "./stripped.ts";
import { exifOrientation } from "./tiff.ts";

/** The first chunk of each of these types is kept. @see https://developers.google.com/speed/webp/docs/riff_container */
const KEPT_ONCE = ["VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"];
const HEADER_BYTES = 12;
/** Flag of VP8X: the file has a color profile. */
const HAS_COLOR_PROFILE = 0x20;
/** Flags of VP8X: the file has EXIF, and the file has XMP. */
const HAS_METADATA = 0x08 | 0x04;

export function stripWebp(file: Buffer): Stripped {
  const riffEnd = 8 + file.readUInt32LE(4);
  if (riffEnd > file.length) throw new DamagedError("a WebP that is cut off");
  const kept = new Map([["RIFF", file.subarray(0, HEADER_BYTES)]]);
  const wanted = new Set([...KEPT_ONCE, "EXIF"]);
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
  if (picture.toString("latin1", HEADER_BYTES, HEADER_BYTES + 4) === "VP8X") {
    const flags = HEADER_BYTES + 8;
    const absent = HAS_METADATA | (kept.has("ICCP") ? 0 : HAS_COLOR_PROFILE);
    picture.writeUInt8(picture.readUInt8(flags) & ~absent, flags);
  }
  return { picture, orientation };
}
