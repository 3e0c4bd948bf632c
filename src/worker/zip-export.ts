import { buffer } from "node:stream/consumers";
import { zipSync, type Zippable } from "fflate";
import pLimit from "p-limit";
import { bytesOf } from "../export/formats/export-file.ts";
import type { PreparedExport } from "../export/prepared-export.ts";
import type { ImageSet } from "../project/image-set.ts";

/** Images read at a time. */
const AT_A_TIME = 8;
/** Bytes that an image takes besides its own: its name, of 70 characters, twice, and the two headers that hold it. */
const BESIDES = 250;
/** Of all files: the beginning of time, as ZIP counts it, so that the same labels are the same bytes. */
const MODIFIED = new Date(1980, 0, 1);

/** The export as a ZIP; undefined where it is larger than `limit` bytes, which is seen before the images are read. */
export async function zipExport(
  { images: wanted, files }: PreparedExport,
  images: Pick<ImageSet, "read">,
  limit: number,
): Promise<Buffer | undefined> {
  if (wanted.reduce((sum, { bytes }) => sum + bytes + BESIDES, 0) > limit) return undefined;
  const read = await pLimit(AT_A_TIME).map(wanted, async ({ image, name }) => ({
    image,
    name,
    bytes: await images.read(image),
  }));
  const gone = read.filter(({ bytes }) => bytes === undefined).map(({ image }) => image);
  const folder: Zippable = {};
  for (const file of files(new Set(gone))) folder[file.name] = await buffer(bytesOf(file));
  // Pictures are compressed already.
  for (const { name, bytes } of read) if (bytes !== undefined) folder[name] = [bytes, { level: 0 }];
  const zip = zipSync(folder, { mtime: MODIFIED });
  return zip.length > limit ? undefined : Buffer.from(zip.buffer, zip.byteOffset, zip.length);
}
