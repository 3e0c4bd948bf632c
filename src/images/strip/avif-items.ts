import { boxesIn, boxOf, reader, type Box } from "./boxes.ts";
import { DamagedError } from "./damaged-error.ts";

/** As in libheif. */
export const MAX_ITEMS = 1_000;
const MAX_EXTENTS = 32;

interface Reference {
  type: string;
  from: number;
  to: number[];
}

interface Location {
  /** Where offsets count from: the file's beginning, or that of the `idat` box. */
  source: Buffer;
  extents: { offset: number; length: number }[];
}

/** The items of an AVIF file: pictures, tiles of pictures, metadata. By their ids. */
export interface Items {
  primary: number;
  types: Map<number, string>;
  references: Reference[];
  /** @throws DamagedError when it is not in the file */
  dataOf(id: number): Buffer;
}

/**
 * Reads what the `meta` box of ISO/IEC 14496-12, 8.11, says of the items.
 * @param parts the boxes in it
 */
export function readItems(file: Buffer, parts: readonly Box[]): Items {
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
      // Many items, or parts of one, may lie in the same place, and so come to much more than the file.
      left -= length;
      const wanted = extents.reduce((sum, extent) => sum + extent.length, 0);
      if (length === 0 || length < wanted || left < 0)
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

function readReferences(body: Buffer | undefined): Reference[] {
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

function readLocations(body: Buffer, { file, idat }: { file: Buffer; idat: Buffer }): Map<number, Location> {
  const read = reader(body);
  const version = read.number(1);
  read.skip(3);
  const sizes = read.number(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15] as const;
  const indexBytes = version === 0 ? 0 : sizes & 15;
  if ([offsetBytes, lengthBytes, baseBytes, indexBytes].some((bytes) => ![0, 4, 8].includes(bytes)))
    throw new DamagedError("an iloc box of unknown sizes");
  const idBytes = version < 2 ? 2 : 4;
  const count = read.number(idBytes);
  if (count > MAX_ITEMS) throw new DamagedError("too many items");
  const locations = new Map<number, Location>();
  for (let index = 0; index < count; index += 1) {
    const id = read.number(idBytes);
    const method = version === 0 ? 0 : read.number(2) & 15;
    read.skip(2);
    const base = read.number(baseBytes);
    const extentCount = read.number(2);
    if (extentCount > MAX_EXTENTS) throw new DamagedError("an item of too many parts");
    const extents = Array.from({ length: extentCount }, () => {
      read.skip(indexBytes);
      const offset = base + read.number(offsetBytes);
      return { offset, length: read.number(lengthBytes) };
    });
    if (method < 2 && !locations.has(id)) locations.set(id, { source: method === 0 ? file : idat, extents });
  }
  return locations;
}
