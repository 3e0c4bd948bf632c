import { box, boxesIn, boxOf, firstBox, fullBox, reader, uint16, uint32, type Box } from "./boxes.ts";
import { DamagedError, MAX_COLOR_PROFILE_BYTES, type Stripped } from "./stripped.ts";

/** The limits of libheif. */
const MAX_ITEMS = 1_000;
const MAX_EXTENTS = 32;
/** Auxiliary items hold transparency and other planes; libheif reads those that it knows. */
const MAX_AUXILIARY_ITEMS = 4;

/**
 * Writes a new file with the primary picture (the picture itself, or the grid and its tiles) and its auxiliary pictures.
 * libheif reads all metadata items together with the header: 250 of them that lie in the same 9 MB take 2 GB.
 * libheif also applies the orientation. It follows the item's properties and ignores EXIF, as the standard requires.
 */
export function stripAvif(file: Buffer): Stripped {
  const meta = boxesIn(firstBox("meta", file).body.subarray(4));
  const items = readItems(file, meta);
  const kept = keptItems(items);
  const data = new Map(Array.from(kept, (id) => [id, items.dataOf(id)]));
  const properties = boxesIn(boxOf("iprp", meta).body);
  const head = (firstOffset: number): Buffer =>
    fullBox(
      "meta",
      0,
      fullBox("hdlr", 0, uint32(0), Buffer.from("pict"), Buffer.alloc(13)),
      fullBox("pitm", 1, uint32(items.primary)),
      locationsBox(data, firstOffset),
      infoBox(kept, items),
      referencesBox(kept, items),
      box("iprp", propertiesBox(properties), associationsBox(kept, properties)),
    );
  const fileType = box("ftyp", Buffer.from("avif\0\0\0\0avifmif1miaf", "latin1"));
  const dataStart = fileType.length + head(0).length + 8;
  return {
    picture: Buffer.concat([fileType, head(dataStart), box("mdat", ...data.values())]),
    orientation: 1,
  };
}

/** AV1, and HEVC, which stays so that the decoder can name it in the refusal. */
const CODED = new Set(["av01", "hvc1"]);

function keptItems({ primary, types, references }: Items): Set<number> {
  const auxiliary = references.filter(({ type, to }) => type === "auxl" && to.includes(primary));
  if (auxiliary.length > MAX_AUXILIARY_ITEMS) throw new DamagedError("too many auxiliary pictures");
  const kept = new Set<number>();
  for (const id of [primary, ...auxiliary.map(({ from }) => from)]) {
    const tiles = types.get(id) === "grid" ? tilesOf(id, references) : [id];
    if (tiles.some((tile) => !CODED.has(types.get(tile) ?? ""))) throw new DamagedError("an unknown picture");
    for (const item of [id, ...tiles]) kept.add(item);
  }
  return kept;
}

function tilesOf(grid: number, references: Items["references"]): number[] {
  const tiles = references.flatMap(({ type, from, to }) => (type === "dimg" && from === grid ? to : []));
  if (new Set(tiles).size < tiles.length) throw new DamagedError("a grid that repeats a tile");
  return tiles;
}

/** An `iloc` box of version 2: ids, offsets and lengths of 4 bytes; offsets count from the file's beginning; one extent per item. */
function locationsBox(data: ReadonlyMap<number, Buffer>, firstOffset: number): Buffer {
  let offset = firstOffset;
  const entries = Array.from(data, ([id, { length }]) => {
    const entry = Buffer.concat([uint32(id), uint16(0, 0, 1), uint32(offset, length)]);
    offset += length;
    return entry;
  });
  return fullBox("iloc", 2, uint16(0x4400), uint32(data.size), ...entries);
}

/** Flags hide all items except the primary one. */
function infoBox(kept: ReadonlySet<number>, { primary, types }: Items): Buffer {
  const entries = Array.from(kept, (id) => {
    const flags = Buffer.from([3, 0, 0, id === primary ? 0 : 1]);
    return box("infe", flags, uint32(id), uint16(0), Buffer.from(`${types.get(id)}\0`, "latin1"));
  });
  return fullBox("iinf", 1, uint32(kept.size), ...entries);
}

function referencesBox(kept: ReadonlySet<number>, { references }: Items): Buffer {
  const among = references.filter(
    ({ type, from, to }) =>
      ["auxl", "dimg", "prem"].includes(type) && kept.has(from) && to.every((id) => kept.has(id)),
  );
  const boxes = among.map(({ type, from, to }) => box(type, uint32(from), uint16(to.length), uint32(...to)));
  return fullBox("iref", 1, ...boxes);
}

function propertiesBox(properties: readonly Box[]): Buffer {
  const all = boxesIn(boxOf("ipco", properties).body).map(({ type, body }) =>
    type === "colr" && body.length > MAX_COLOR_PROFILE_BYTES ? box("free") : box(type, body),
  );
  return box("ipco", ...all);
}

/** Assigns properties to items. The numbers of the properties stay the same. */
function associationsBox(kept: ReadonlySet<number>, properties: readonly Box[]): Buffer {
  const entries = new Map<number, Buffer>();
  let left = MAX_ITEMS;
  for (const { body } of properties.filter(({ type }) => type === "ipma")) {
    const read = reader(body);
    const version = read.number(1);
    const indexBytes = (read.number(3) & 1) === 1 ? 2 : 1;
    const count = read.number(4);
    left -= count;
    if (left < 0) throw new DamagedError("too many associations");
    for (let entry = 0; entry < count; entry += 1) {
      const id = read.number(version === 0 ? 2 : 4);
      const indexes = Array.from({ length: read.number(1) }, () =>
        essentialIndex(read.number(indexBytes), indexBytes),
      );
      if (kept.has(id) && !entries.has(id))
        entries.set(id, Buffer.concat([uint32(id), Buffer.from([indexes.length]), uint16(...indexes)]));
    }
  }
  return box("ipma", Buffer.from([1, 0, 0, 1]), uint32(entries.size), ...entries.values());
}

/** Widens an index to two bytes. Its highest bit, which marks an essential property, stays the highest bit. */
function essentialIndex(value: number, bytes: number): number {
  return bytes === 2 ? value : ((value & 0x80) << 8) | (value & 0x7f);
}

/** The items of an AVIF file, by id: pictures, tiles of pictures, metadata. */
interface Items {
  primary: number;
  types: Map<number, string>;
  references: { type: string; from: number; to: number[] }[];
  /** @throws DamagedError when the data is not in the file */
  dataOf(id: number): Buffer;
}

/**
 * Reads the items from a `meta` box (ISO/IEC 14496-12, 8.11).
 * @param parts the boxes inside the `meta` box
 */
function readItems(file: Buffer, parts: readonly Box[]): Items {
  const idat = parts.find(({ type }) => type === "idat")?.body ?? Buffer.alloc(0);
  const locations = readLocations(boxOf("iloc", parts).body, { file, idat });
  let left = file.length;
  return {
    primary: readPrimary(boxOf("pitm", parts).body),
    types: readTypes(boxOf("iinf", parts).body),
    references: readReferences(parts.find(({ type }) => type === "iref")?.body),
    dataOf(id) {
      const { source, extents } = locations.get(id) ?? { source: file, extents: [] };
      const data = extents.map(({ offset, length }) => source.subarray(offset, offset + length));
      const length = data.reduce((sum, part) => sum + part.length, 0);
      // Items may overlap, so together they could be much larger than the file.
      left -= length;
      const declared = extents.reduce((sum, extent) => sum + extent.length, 0);
      if (length === 0 || length < declared || left < 0)
        throw new DamagedError("an item that is not in the file");
      return Buffer.concat(data);
    },
  };
}

function readPrimary(body: Buffer): number {
  const read = reader(body);
  const version = read.number(1);
  read.skip(3);
  return read.number(version === 0 ? 2 : 4);
}

function readTypes(body: Buffer): Map<number, string> {
  const types = new Map<number, string>();
  const count = body.readUInt8(0) === 0 ? 2 : 4;
  for (const { type, body: entry } of boxesIn(body.subarray(4 + count))) {
    const read = reader(entry);
    const version = read.number(1);
    if (type !== "infe" || version < 2) continue;
    read.skip(3);
    const id = read.number(version === 2 ? 2 : 4);
    read.skip(2);
    if (!types.has(id)) types.set(id, read.text(4));
    if (types.size > MAX_ITEMS) throw new DamagedError("too many items");
  }
  return types;
}

function readReferences(body: Buffer | undefined): Items["references"] {
  if (body === undefined) return [];
  const idBytes = body.readUInt8(0) === 0 ? 2 : 4;
  return boxesIn(body.subarray(4)).map(({ type, body: entry }) => {
    const read = reader(entry);
    const from = read.number(idBytes);
    const count = read.number(2);
    if (count > MAX_ITEMS) throw new DamagedError("too many references");
    return { type, from, to: Array.from({ length: count }, () => read.number(idBytes)) };
  });
}

/** Reads where the data of each item is. */
function readLocations(body: Buffer, { file, idat }: { file: Buffer; idat: Buffer }) {
  const read = reader(body);
  const version = read.number(1);
  read.skip(3);
  const sizes = read.number(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15] as const;
  const indexBytes = version === 0 ? 0 : sizes & 15;
  if ([offsetBytes, lengthBytes, baseBytes, indexBytes].some((bytes) => ![0, 4, 8].includes(bytes)))
    throw new DamagedError("an iloc box with unknown sizes");
  const idBytes = version < 2 ? 2 : 4;
  const count = read.number(idBytes);
  if (count > MAX_ITEMS) throw new DamagedError("too many items");
  /** `source` holds the bytes that the offsets point into. */
  const locations = new Map<number, { source: Buffer; extents: { offset: number; length: number }[] }>();
  for (let index = 0; index < count; index += 1) {
    const id = read.number(idBytes);
    const method = version === 0 ? 0 : read.number(2) & 15;
    read.skip(2);
    const base = read.number(baseBytes);
    const extentCount = read.number(2);
    if (extentCount > MAX_EXTENTS) throw new DamagedError("an item with too many parts");
    const extents = Array.from({ length: extentCount }, () => {
      read.skip(indexBytes);
      const offset = base + read.number(offsetBytes);
      return { offset, length: read.number(lengthBytes) };
    });
    if (method < 2 && !locations.has(id)) locations.set(id, { source: method === 0 ? file : idat, extents });
  }
  return locations;
}
