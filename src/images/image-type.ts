import { imageNames, type ImageFormat } from "../labeling/image.ts";

/** What a file is by its first bytes. HEIC is told apart, since people have it on their phones and wonder. */
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

/** Brands of ISO/IEC 23008-12 (HEIF), annexes B and E; "mif1" and "msf1" leave open what is inside. */
const HEIC = /^(?:hei[cxms]|hev[cxms]|mif[12]|msf1)$/;
const AVIF = /^avi[fs]$/;
/** Bytes of a file type box that are looked at; real ones have about 40. */
const MOST_BRANDS = 256;

export function imageTypeOf(file: Buffer): ImageType | undefined {
  const start = file.toString("latin1", 0, 12);
  const found = SIGNATURES.find(([, bytes]) => start.startsWith(bytes));
  if (found !== undefined) return found[0];
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "webp";
  return start.slice(4, 8) === "ftyp" ? typeOfBrands(file) : undefined;
}

/** The file type box: its size, "ftyp", the major brand, a version, the compatible brands. */
function typeOfBrands(file: Buffer): ImageType | undefined {
  const end = Math.min(file.readUInt32BE(0), MOST_BRANDS, file.length);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) brands.push(file.toString("latin1", at, at + 4));
  if (brands.some((brand) => AVIF.test(brand))) return "avif";
  return brands.some((brand) => HEIC.test(brand)) ? "heic" : undefined;
}

/** The formats in which a file of each type may be kept: as it is now; where that would be too large; by earlier versions. */
const KEPT: Record<Exclude<ImageType, "heic">, readonly ImageFormat[]> = {
  jpeg: ["jpg"],
  png: ["png", "webp"],
  webp: ["webp"],
  gif: ["png", "webp"],
  avif: ["webp", "png"],
  tiff: ["png", "webp"],
};

/**
 * The names under which this file may be in the set, so that it is known without decoding it whether it is there; none for
 * what cannot pass the checks.
 */
export function possibleNames(uploaded: Buffer): string[] {
  const type = imageTypeOf(uploaded);
  return type === undefined || type === "heic" ? [] : imageNames(uploaded, KEPT[type]);
}
