import { buffer } from "node:stream/consumers";
import { zipSync, type Zippable } from "fflate";
import pLimit from "p-limit";
import { bytesOf } from "../export/export-file.ts";
import type { PreparedExport } from "../export/format.ts";
import type { ImageSet } from "../project/image-set.ts";

const READ_CONCURRENCY = 8;
/** Bytes that an image adds to its own: twice its name of 70 characters, and the two headers that hold it. */
const ENTRY_BYTES = 250;
/** The modification time of every file, so that the same labels give the same bytes. ZIP has no earlier time. */
const MODIFIED = new Date(1980, 0, 1);

/** Packs the export as a ZIP. Returns undefined if it exceeds `limit` bytes; usually that is known before images are read. */
export async function zipExport(
  { images: exported, files }: PreparedExport,
  images: Pick<ImageSet, "read">,
  limit: number,
): Promise<Buffer | undefined> {
  if (exported.reduce((sum, { bytes }) => sum + bytes + ENTRY_BYTES, 0) > limit) return undefined;
  const read = await pLimit(READ_CONCURRENCY).map(exported, async ({ image, name }) => ({
    image,
    name,
    bytes: await images.read(image),
  }));
  const missing = read.filter(({ bytes }) => bytes === undefined).map(({ image }) => image);
  const folder: Zippable = {};
  for (const file of files(new Set(missing))) folder[file.name] = await buffer(bytesOf(file));
  // Images are already compressed.
  for (const { name, bytes } of read) if (bytes !== undefined) folder[name] = [bytes, { level: 0 }];
  const zip = zipSync(folder, { mtime: MODIFIED });
  return zip.length > limit ? undefined : Buffer.from(zip.buffer, zip.byteOffset, zip.length);
}
