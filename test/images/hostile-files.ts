import sharp, { type Sharp } from "sharp";
import { box, boxesIn, boxOf, fullBox, uint16, uint32 } from "../../src/images/strip/boxes.ts";
import { pngChunk, riffChunk } from "./files.ts";

/*
 * Files whose headers take much longer to read than their pictures take to decode.
 */

const EXIF_POINTER = 0x8769;

/** EXIF data whose first directory has this number of pointers to itself. The time of libexif grows with its square. */
export function exifLoop(pointers: number, orientation = 6): Buffer {
  const entries = [
    [0x0112, orientation],
    ...Array.from({ length: pointers }, () => [EXIF_POINTER, 8]),
  ] as const;
  const data = Buffer.alloc(8 + 2 + 12 * entries.length + 4);
  data.write("II*\0\x08\0\0\0", "latin1");
  data.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag = 0, value = 0], index) => {
    const at = 10 + 12 * index;
    data.writeUInt16LE(tag, at);
    data.writeUInt16LE(4, at + 2);
    data.writeUInt32LE(1, at + 4);
    data.writeUInt32LE(value, at + 8);
  });
  return data;
}

export function jpegSegment(marker: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), uint16(data.length + 2), data]);
}

/** The JPEG with these segments inserted after its first two bytes. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** The PNG with chunks inserted after its header. */
export function withChunks(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

/** A picture with this EXIF data. */
export async function withExif(format: "jpeg" | "png" | "webp" | "avif", exif: Buffer): Promise<Buffer> {
  const image = sharp({ create: { width: 64, height: 32, channels: 3, background: "#f00" } });
  if (format === "avif") return avifWithExif(exif);
  const file = await image.toFormat(format).toBuffer();
  if (format === "png") return withChunks(file, pngChunk("eXIf", exif));
  if (format === "jpeg")
    return withSegments(file, jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exif])));
  return extendedWebp(file, { flags: 0x08, after: [riffChunk("EXIF", exif)] });
}

/** A WebP of 64 × 32 pixels with these flags, and chunks before and after the picture. */
export function extendedWebp(
  webp: Buffer,
  { flags, before = [], after = [] }: { flags: number; before?: Buffer[]; after?: Buffer[] },
): Buffer {
  const canvas = Buffer.alloc(10);
  canvas[0] = flags;
  canvas.writeUIntLE(63, 4, 3);
  canvas.writeUIntLE(31, 7, 3);
  const chunks = [riffChunk("VP8X", canvas), ...before, webp.subarray(12), ...after];
  return riffChunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...chunks]));
}

/** An item of an AVIF file. */
interface Item {
  id: number;
  type: string;
  data: Buffer;
  /** Numbers of properties, from 1. */
  properties?: number[];
  references?: [type: string, ...to: number[]][];
}

interface AvifOptions {
  items: Item[];
  properties: Buffer[];
  brand?: string;
  /** Boxes between the file type and the metadata. */
  before?: Buffer[];
  /** Number of times that each item lists its bytes. */
  extents?: number;
}

/** An AVIF file of these items, the first of which is the primary one. */
export function avif({ items, properties, brand = "avif", before = [], extents = 1 }: AvifOptions): Buffer {
  const fileType = box("ftyp", Buffer.from(`${brand}\0\0\0\0avifmif1miaf`, "latin1"));
  const head = Buffer.concat([fileType, ...before]);
  const meta = (start: number): Buffer => {
    let offset = start;
    const locations = items.map(({ id, data }) => {
      const extent = uint32(offset, data.length);
      offset += data.length;
      return Buffer.concat([uint16(id, 0, extents), ...Array.from({ length: extents }, () => extent)]);
    });
    const infos = items.map(({ id, type }) =>
      fullBox("infe", 2, uint16(id, 0), Buffer.from(`${type}\0`, "latin1")),
    );
    const references = items.flatMap(({ id, references: all = [] }) =>
      all.map(([type, ...to]) => box(type, uint16(id, to.length, ...to))),
    );
    const associations = items.map(({ id, properties: all = [] }) =>
      Buffer.concat([uint16(id), Buffer.from([all.length, ...all])]),
    );
    return fullBox(
      "meta",
      0,
      fullBox("hdlr", 0, uint32(0), Buffer.from("pict"), Buffer.alloc(13)),
      fullBox("pitm", 0, uint16(items[0]?.id ?? 0)),
      fullBox("iloc", 0, uint16(0x4400, items.length), ...locations),
      fullBox("iinf", 0, uint16(items.length), ...infos),
      fullBox("iref", 0, ...references),
      box("iprp", box("ipco", ...properties), fullBox("ipma", 0, uint32(items.length), ...associations)),
    );
  };
  const start = head.length + meta(0).length + 8;
  return Buffer.concat([head, meta(start), box("mdat", ...items.map(({ data }) => data))]);
}

/** The bytes of a picture's only item, and its properties. */
export async function avifPicture(picture: Sharp): Promise<{ data: Buffer; properties: Buffer[] }> {
  const file = await picture.avif({ effort: 0 }).toBuffer();
  const all = boxesIn(file);
  const meta = boxesIn(boxOf("meta", all).body.subarray(4));
  const properties = boxesIn(boxOf("ipco", boxesIn(boxOf("iprp", meta).body)).body);
  return {
    data: boxOf("mdat", all).body,
    properties: properties.map(({ type, body }) => box(type, body)),
  };
}

async function avifWithExif(exif: Buffer): Promise<Buffer> {
  const picture = sharp({ create: { width: 64, height: 32, channels: 3, background: "#f00" } });
  const { data, properties } = await avifPicture(picture);
  const indexes = properties.map((_, index) => index + 1);
  return avif({
    properties,
    items: [
      { id: 1, type: "av01", data, properties: indexes },
      { id: 2, type: "Exif", data: Buffer.concat([uint32(0), exif]), references: [["cdsc", 1]] },
    ],
  });
}

/** The data of a grid: rows and columns of tiles, and its size. */
export function grid([rows, columns]: [number, number], [width, height]: [number, number]): Buffer {
  return Buffer.concat([Buffer.from([0, 0, rows - 1, columns - 1]), uint16(width, height)]);
}

/** An AVIF with `count` items of metadata at the same offset. libheif reads each of them with the header. */
export async function avifOfOverlappingItems(count: number, bytes: number): Promise<Buffer> {
  const { data, properties } = await avifPicture(
    sharp({ create: { width: 64, height: 32, channels: 3, background: "#f00" } }),
  );
  const items = Array.from({ length: count }, (_, index): Item => ({
    id: index + 2,
    type: "uri ",
    data: index === 0 ? Buffer.alloc(bytes, 0x41) : Buffer.alloc(0),
    references: [["cdsc", 1]],
  }));
  const indexes = properties.map((_, index) => index + 1);
  const file = avif({ properties, items: [{ id: 1, type: "av01", data, properties: indexes }, ...items] });
  // After the type of the box: version and flags, sizes, number of items; of an item: id, source, extents, offset, length.
  const locations = file.indexOf("iloc") + 4 + 4 + 2 + 2;
  const place = (item: number): number => locations + 14 * item + 6;
  for (let item = 2; item <= count; item += 1) file.copyWithin(place(item), place(1), place(1) + 8);
  return file;
}

/** A gray TIFF of 4 × 4 pixels with further entries: [tag, type, number of values, value or offset]. */
export function tiffWithEntries(entries: readonly [number, number, number, number][], tail = 0): Buffer {
  const all = [
    [256, 4, 1, 4],
    [257, 4, 1, 4],
    [258, 4, 1, 8],
    [259, 4, 1, 1],
    [262, 4, 1, 1],
    [273, 4, 1, 8],
    [278, 4, 1, 4],
    [279, 4, 1, 16],
    ...entries,
  ] as const;
  const file = Buffer.alloc(8 + 2 + 12 * all.length + 4 + tail, 0x40);
  file.write("II*\0\x08\0\0\0", "latin1");
  file.writeUInt16LE(all.length, 8);
  all.forEach(([tag, type, count, value], index) => {
    const at = 10 + 12 * index;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  file.writeUInt32LE(0, 10 + 12 * all.length);
  return file;
}
