import { DamagedError, MAX_COLOR_PROFILE_BYTES, type Orientation, type Stripped } from "./stripped.ts";
import { exifOrientation, startsWithExifHeader } from "./tiff.ts";

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1 */
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Tables and frames: SOF0 to SOF15 (with DHT and DAC among them), DQT, DNL, DRI. */
const isTable = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf) || marker === 0xdb || marker === 0xdc || marker === 0xdd;
/** Markers without a segment, which are skipped outside of scans: TEM, and RST0 to RST7. */
const isBareMarker = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
/** APP0 to APP15, JPG0 to JPG13, COM. */
const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xfe;

const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
/** Segments whose data says whether they are needed. */
const CHECKED_SEGMENTS = new Set([APP0, APP1, APP2, APP14]);

/** libvips accepts 100 scans with up to 4 tables before each, and 10 MiB of metadata are 160 segments. */
const MAX_SEGMENTS = 1_000;

/**
 * Keeps the tables, frames and scans up to the first end of an image, the JFIF segment, Adobe's color transform and the
 * color profile. Gain maps (Ultra HDR) and further pictures (MPF) come after that end, so the picture for standard
 * screens stays.
 */
export function stripJpeg(file: Buffer): Stripped {
  const kept = [file.subarray(0, 2)];
  const seen = new Set<number>();
  let profile: Buffer[] = [];
  let orientation: Orientation = 1;
  let segments = 0;
  for (let at = nextMarker(file, 2); at < file.length;) {
    segments += 1;
    if (segments > MAX_SEGMENTS) throw new DamagedError("a JPEG with too many segments");
    const marker = file.readUInt8(at + 1);
    if (marker === END_OF_IMAGE) {
      kept.push(file.subarray(at, at + 2));
      break;
    }
    const end = at + 2 + file.readUInt16BE(at + 2);
    if (end > file.length) throw new DamagedError("a JPEG segment that is cut off");
    const next = nextMarker(file, end);
    if (marker === START_OF_SCAN) kept.push(file.subarray(at, next));
    else if (isTable(marker)) kept.push(file.subarray(at, end));
    else if (CHECKED_SEGMENTS.has(marker) && !seen.has(marker)) {
      const data = file.subarray(at + 4, end);
      if (marker === APP2 && startsWith(data, "ICC_PROFILE\0")) profile.push(file.subarray(at, end));
      else if (isColorInformation(marker, data)) {
        seen.add(marker);
        kept.push(file.subarray(at, end));
      } else if (marker === APP1 && startsWithExifHeader(data)) {
        seen.add(marker);
        orientation = exifOrientation(data);
      }
    } else if (!isApplication(marker)) throw new DamagedError("an unsupported kind of JPEG");
    at = next;
  }
  const profileBytes = profile.reduce((sum, { length }) => sum + length, 0);
  if (profileBytes > MAX_COLOR_PROFILE_BYTES) profile = [];
  const [start = Buffer.alloc(0), ...rest] = kept;
  return { picture: Buffer.concat([start, ...profile, ...rest]), orientation };
}

/** Finds the next marker: 0xff, followed by a byte that is not 0x00 (an escaped 0xff in a scan), a bare marker or 0xff. */
function nextMarker(file: Buffer, from: number): number {
  for (let at = from; at + 1 < file.length; at += 1) {
    if (file[at] !== 0xff) continue;
    const marker = file[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && !isBareMarker(marker)) return at;
  }
  return file.length;
}

function isColorInformation(marker: number, data: Buffer): boolean {
  return (marker === APP0 && startsWith(data, "JFIF\0")) || (marker === APP14 && startsWith(data, "Adobe"));
}

function startsWith(data: Buffer, text: string): boolean {
  return data.toString("latin1", 0, text.length) === text;
}
