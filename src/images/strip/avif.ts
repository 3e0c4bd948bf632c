import { MAX_ITEMS, readItems, type Items } from "./avif-items.ts";
import { box, boxesIn, boxOf, firstBox, fullBox, reader, uint16, uint32, type Box } from "./boxes.ts";
import { MAX_COLOR_PROFILE_BYTES } from "./color-profile.ts";
import { DamagedError } from "./damaged-error.ts";
import type { Stripped } from "./stripped.ts";

/** Transparency, and other planes, of which libheif takes what it knows. */
const MAX_AUXILIARY_ITEMS = 4;

/**
 * Writes a file with the picture that its file calls the primary one: the picture itself or the grid and its tiles, and
 * those beside it for transparency. libheif reads all items of metadata with the header, and 250 that lie in the same
 * 9 MB take 2 GB.
 * The orientation is left to libheif, which turns by properties of the item and, as it should, not by EXIF.
 */
export function strippedAvif(file: Buffer): Stripped {
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

/** AV1; HEVC, so that it can be told what it is; a grid of either. */
const CODED = new Set(["av01", "hvc1"]);

function keptItems({ primary, types, references }: Items): Set<number> {
  const auxiliary = references.filter(({ type, to }) => type === "auxl" && to.includes(primary));
  if (auxiliary.length > MAX_AUXILIARY_ITEMS) throw new DamagedError("too many auxiliary pictures");
  const kept = new Set<number>();
  for (const id of [primary, ...auxiliary.map(({ from }) => from)]) {
    const isGrid = types.get(id) === "grid";
    const tiles = isGrid ? tilesOf(id, references) : [id];
    if (tiles.some((tile) => !CODED.has(types.get(tile) ?? ""))) throw new DamagedError("an unknown picture");
    for (const item of [id, ...tiles]) kept.add(item);
  }
  return kept;
}

function tilesOf(grid: number, references: Items["references"]): number[] {
  const tiles = references
    .filter(({ type, from }) => type === "dimg" && from === grid)
    .flatMap(({ to }) => to);
  if (new Set(tiles).size < tiles.length) throw new DamagedError("a grid that repeats a tile");
  return tiles;
}

/** Version 2: ids of 4 bytes; offsets and lengths of 4; construction method 0, which is from the file's beginning; one part. */
function locationsBox(data: ReadonlyMap<number, Buffer>, firstOffset: number): Buffer {
  let offset = firstOffset;
  const entries = Array.from(data, ([id, { length }]) => {
    const entry = Buffer.concat([uint32(id), uint16(0, 0, 1), uint32(offset, length)]);
    offset += length;
    return entry;
  });
  return fullBox("iloc", 2, uint16(0x4400), uint32(data.size), ...entries);
}

/** All but the primary item are hidden, by their flags. */
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

/** Which properties each item has. Their numbers stay what they are. */
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

/** The highest bit, whether the property is essential, goes from the first of one byte to that of two. */
function essentialIndex(value: number, bytes: number): number {
  return bytes === 2 ? value : ((value & 0x80) << 8) | (value & 0x7f);
}
