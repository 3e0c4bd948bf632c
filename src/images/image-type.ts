import { imageNames, type ImageFormat } from "../labeling/images.ts";

/** The type of a file by its first bytes. HEIC is recognized, because phones use it and its refusal says what to do. */
export type ImageType = "jpeg" | "png" | "webp" | "gif" | "avif" | "tiff" | "heic";

const SIGNATURES: readonly [type: ImageType, bytes: string][] = [
  ["jpeg", "\xff\xd8\xff"],
  ["png", "\x89PNG\r\n\x1a\n"],
  ["gif", "GIF87a"],
  ["gif", "GIF89a"],
  ["tiff", "II*\0"],
  ["tiff", "MM\0*"],
  // BigTIFF, https://www.awaresystems.be/imaging/tiff/bigtiff.html
  ["tiff", "II+\0"],
  ["tiff", "MM\0+"],
];

/** HEIF brands (ISO/IEC 23008-12, annexes B and E). "mif1" and "msf1" do not say how the picture is coded. */
const HEIC = /^(?:hei[cxms]|hev[cxms]|mif[12]|msf1)$/;
const AVIF = /^avi[fs]$/;
/** Bytes of a file type box that are read. Real ones have about 40. */
const MAX_FILE_TYPE_BYTES = 256;

export function imageTypeOf(file: Buffer): ImageType | undefined {
  const start = file.toString("latin1", 0, 12);
  const found = SIGNATURES.find(([, bytes]) => start.startsWith(bytes));
  if (found !== undefined) return found[0];
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "webp";
  return start.slice(4, 8) === "ftyp" ? typeOfBrands(file) : undefined;
}

/** Reads a file type box: its size, "ftyp", the major brand, a version, the compatible brands. */
function typeOfBrands(file: Buffer): ImageType | undefined {
  const end = Math.min(file.readUInt32BE(0), MAX_FILE_TYPE_BYTES, file.length);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) brands.push(file.toString("latin1", at, at + 4));
  if (brands.some((brand) => AVIF.test(brand))) return "avif";
  return brands.some((brand) => HEIC.test(brand)) ? "heic" : undefined;
}

/** The formats in which a file of each type may be stored: first the usual one, then one for large files or of earlier versions. */
const STORED_FORMATS: Record<Exclude<ImageType, "heic">, readonly ImageFormat[]> = {
  jpeg: ["jpg"],
  png: ["png", "webp"],
  webp: ["webp"],
  gif: ["png", "webp"],
  avif: ["webp", "png"],
  tiff: ["png", "webp"],
};

/** The names under which this file may be in the set, to find duplicates without decoding. Empty if it will be refused. */
export function possibleNames(uploaded: Buffer): string[] {
  const type = imageTypeOf(uploaded);
  return type === undefined || type === "heic" ? [] : imageNames(uploaded, STORED_FORMATS[type]);
}
