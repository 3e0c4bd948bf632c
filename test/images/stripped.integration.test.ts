import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { reencode } from "../../src/images/reencode.ts";
import { imageTypeOf } from "../../src/images/image-type.ts";
import { fullBox, uint32 } from "../../src/images/strip/boxes.ts";
import { METADATA_STRIPPERS } from "../../src/images/reencode.ts";
import { MAX_COLOR_PROFILE_BYTES, type Stripped } from "../../src/images/strip/stripped.ts";
import { seeded } from "../../src/platform/seeded.ts";
import * as made from "./files.ts";
import * as hostile from "./hostile-files.ts";

const MAX_CPU_MS = 200;
const reserveMemory = (): Promise<void> => Promise.resolve();

function strip(file: Buffer): Stripped {
  const type = imageTypeOf(file);
  if (type === undefined || type === "heic") throw new Error("no image");
  return METADATA_STRIPPERS[type](file);
}

const RUNS = 3;

/** The outcome of checking a file, and the least CPU time of three runs in milliseconds, because the first includes compilation. */
async function costOf(file: Buffer) {
  let outcome = await reencode(file, { reserveMemory });
  let cpuMs = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.cpuUsage();
    outcome = await reencode(file, { reserveMemory });
    const { user, system } = process.cpuUsage(before);
    cpuMs = Math.min(cpuMs, (user + system) / 1_000);
  }
  return { outcome, cpuMs };
}

async function isRed(image: Buffer, left: number, top: number): Promise<boolean> {
  const area = sharp(image).extract({ left, top, width: 1, height: 1 }).removeAlpha().toColorspace("srgb");
  const [r = 0, g = 255, b = 255] = await area.raw().toBuffer();
  return r > 200 && g < 60 && b < 60;
}

const times = (count: number, part: Buffer): Buffer => Buffer.alloc(count * part.length, part);

const formats = ["jpeg", "png", "webp", "gif", "avif", "tiff"] as const;

const many = (count: number, entry: readonly [number, number, number]) =>
  Array.from({ length: count }, (_, index) => [1_000 + index, ...entry] as [number, number, number, number]);
const gamma = made.pngChunk("gAMA", Buffer.from([0, 0, 1, 1]));

type Files = [what: string, make: () => Buffer | Promise<Buffer>][];
const HOSTILE_HEADERS: Files = [
  ["EXIF pointers to themselves in JPEG", () => hostile.withExif("jpeg", hostile.exifLoop(5_400))],
  ["EXIF pointers to themselves in PNG", () => hostile.withExif("png", hostile.exifLoop(5_400))],
  ["EXIF pointers to themselves in WebP", () => hostile.withExif("webp", hostile.exifLoop(5_400))],
  ["EXIF pointers to themselves in AVIF", () => hostile.withExif("avif", hostile.exifLoop(5_400))],
  ["as many EXIF pointers as fit in WebP", () => hostile.withExif("webp", hostile.exifLoop(65_000))],
  ["items at the same offset in AVIF", () => hostile.avifOfOverlappingItems(250, 9_000_000)],
  ["unknown entries in TIFF", () => hostile.tiffWithEntries(many(4_000, [4, 1, 1]))],
  [
    "entries at the same offset in TIFF",
    () => hostile.tiffWithEntries(many(3_000, [1, 9_000_000, 8]), 9_200_000),
  ],
  ["a chunk repeated 600,000 times in PNG", () => hostile.withChunks(made.png(4, 4), times(600_000, gamma))],
  ["frames in GIF", () => made.gif(1, 1, 660_000)],
];
const HOSTILE_STRUCTURES: Files = [
  [
    "more segments than any JPEG has",
    async () =>
      hostile.withSegments(
        await made.redAndBlue().jpeg().toBuffer(),
        times(2_000_000, hostile.jpegSegment(0xfe, Buffer.alloc(0))),
      ),
  ],
  [
    "more tables than any JPEG has",
    async () =>
      hostile.withSegments(
        await made.redAndBlue().jpeg().toBuffer(),
        times(400_000, hostile.jpegSegment(0xc4, Buffer.alloc(17))),
      ),
  ],
  [
    "more boxes than any AVIF has",
    () => hostile.avif({ items: [], properties: Array(50_000).fill(uint32(8, 0)) }),
  ],
  ["more entries than any TIFF has", () => hostile.tiffWithEntries(many(20_000, [4, 1, 1]))],
];

describe("a header that is slow to read", () => {
  it.each(HOSTILE_HEADERS)("costs less than 200 ms of CPU: %s", async (_what, make) => {
    const file = await make();
    await reencode(made.png(1, 1), { reserveMemory });
    const { outcome, cpuMs } = await costOf(file);
    expect(outcome.ok).toBe(true);
    expect(cpuMs).toBeLessThan(MAX_CPU_MS);
  });

  it.each(HOSTILE_STRUCTURES)("is refused as damaged in less than 200 ms of CPU: %s", async (_what, make) => {
    const { outcome, cpuMs } = await costOf(await make());
    expect(outcome).toEqual({ ok: false, refusal: "damaged" });
    expect(cpuMs).toBeLessThan(MAX_CPU_MS);
  });
});

describe("a stripped file", () => {
  it.each(["jpeg", "png", "webp", "tiff"] as const)(
    "is returned with its orientation: %s",
    async (format) => {
      for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
        const file = await made.redAndBlue().toFormat(format).withMetadata({ orientation }).toBuffer();
        const { picture, ...beside } = strip(file);
        expect(beside.orientation).toBe(orientation);
        const { exif, orientation: left = 1 } = await sharp(picture).metadata();
        expect([exif, left]).toEqual([undefined, 1]);
      }
    },
  );

  it("reads the EXIF orientation in either byte order, and treats an invalid one as upright", async () => {
    const exif = (text: string): Buffer => Buffer.from(text, "latin1");
    const little = exif("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    const big = exif("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    const nine = exif("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0\0\0");
    const prefixed = Buffer.concat([Buffer.from("Exif\0\0"), big]);
    for (const [data, orientation] of [
      [little, 6],
      [big, 6],
      [prefixed, 6],
      [nine, 1],
      [little.subarray(0, 12), 1],
      [Buffer.alloc(0), 1],
    ] as const)
      expect(strip(await hostile.withExif("webp", data)).orientation).toBe(orientation);
  });

  it.each(formats)("has the same pixels, and the same color profile: %s", async (format) => {
    const photo = made
      .photo(90, 60)
      .withIccProfile("p3")
      .withExif({ IFD0: { Copyright: "somebody" } });
    const file = await photo.toFormat(format).toBuffer();
    const { picture } = strip(file);
    expect(picture.includes("somebody")).toBe(false);
    expect((await sharp(picture).metadata()).icc).toEqual((await sharp(file).metadata()).icc);
    expect(await sharp(picture).raw().toBuffer()).toEqual(await sharp(file).raw().toBuffer());
  });

  it("has no color profile of more than 2 MiB", async () => {
    const large = Buffer.alloc(MAX_COLOR_PROFILE_BYTES + 1);
    const jpeg = await made.redAndBlue().jpeg().toBuffer();
    const parts = Array.from({ length: 40 }, (_, index) =>
      hostile.jpegSegment(
        0xe2,
        Buffer.concat([Buffer.from("ICC_PROFILE\0"), Buffer.from([index + 1, 40]), Buffer.alloc(60_000)]),
      ),
    );
    const webp = await made.redAndBlue().webp().toBuffer();
    const { data, properties } = await hostile.avifPicture(made.redAndBlue());
    const profile = Buffer.concat([uint32(12 + large.length), Buffer.from("colrprof"), large]);
    const indexes = [profile, ...properties].map((_, index) => index + 1);
    for (const file of [
      hostile.withSegments(jpeg, ...parts),
      hostile.extendedWebp(webp, { flags: 0x20, before: [made.riffChunk("ICCP", large)] }),
      hostile.avif({
        properties: [profile, ...properties],
        items: [{ id: 1, type: "av01", data, properties: indexes }],
      }),
      hostile.tiffWithEntries([[34_675, 7, large.length, 8]], large.length),
    ]) {
      expect((await sharp(strip(file).picture).metadata()).icc).toBeUndefined();
      expect(await reencode(file, { reserveMemory })).toMatchObject({ ok: true });
    }
  });

  it("has no second picture after the first of a JPEG: gain maps and MPF", async () => {
    const first = await made.redAndBlue().jpeg().toBuffer();
    const second = await made.flat(8, 8).jpeg().toBuffer();
    const index = hostile.jpegSegment(0xe2, Buffer.from("MPF\0II*\0"));
    const gainMap = hostile.jpegSegment(0xe1, Buffer.from("http://ns.adobe.com/xap/1.0/\0<hdrgm:Version/>"));
    const file = Buffer.concat([hostile.withSegments(first, gainMap, index), second]);
    expect(strip(file).picture).toEqual(strip(first).picture);
    expect(await reencode(file, { reserveMemory })).toMatchObject({ ok: true, format: "jpg" });
  });

  it("keeps all scans of a progressive JPEG, and what is between them", async () => {
    const file = await made.photo().jpeg({ progressive: true }).toBuffer();
    expect(strip(file).picture).toEqual(file);
  });

  it("keeps the transparency of the first frame of a GIF", async () => {
    const clear = {
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    } as const;
    const file = await made
      .redAndBlue(8, 8)
      .ensureAlpha()
      .composite([{ input: clear, blend: "dest-in" }])
      .gif()
      .toBuffer();
    const [, , , alpha] = await sharp(strip(file).picture).ensureAlpha().raw().toBuffer();
    expect(alpha).toBe(0);
  });
});

describe("the picture of an AVIF", () => {
  it("is turned by its properties", async () => {
    const file = await made.redAndBlue().withMetadata({ orientation: 6 }).avif({ effort: 0 }).toBuffer();
    const outcome = await reencode(file, { reserveMemory });
    if (!outcome.ok) throw new Error(outcome.refusal);
    expect(await sharp(outcome.stored).metadata()).toMatchObject({ width: 32, height: 64 });
    expect(await isRed(outcome.stored, 16, 4)).toBe(true);
  });

  it("keeps its transparency", async () => {
    const file = await made.flat(32, 32, 4).avif({ effort: 0 }).toBuffer();
    expect((await sharp(strip(file).picture).metadata()).hasAlpha).toBe(true);
  });

  it("is the still one of an animation", async () => {
    const { data, properties } = await hostile.avifPicture(made.redAndBlue());
    const indexes = properties.map((_, index) => index + 1);
    const file = hostile.avif({
      brand: "avis",
      before: [fullBox("moov", 0, Buffer.alloc(1_000, 0xff))],
      properties,
      items: [{ id: 1, type: "av01", data, properties: indexes }],
    });
    expect(await reencode(file, { reserveMemory })).toMatchObject({ ok: true, format: "webp" });
  });

  async function gridOf(...tiles: number[]): Promise<Buffer> {
    const left = await hostile.avifPicture(made.flat(64, 64));
    const size = fullBox("ispe", 0, uint32(128, 64));
    const properties = [...left.properties, size];
    const indexes = left.properties.map((_, index) => index + 1);
    const data = hostile.grid([1, 2], [128, 64]);
    return hostile.avif({
      properties,
      items: [
        { id: 1, type: "grid", data, properties: [properties.length], references: [["dimg", ...tiles]] },
        { id: 2, type: "av01", data: left.data, properties: indexes },
        { id: 3, type: "av01", data: left.data, properties: indexes },
        { id: 4, type: "grid", data, properties: [properties.length], references: [["dimg", 2, 3]] },
      ],
    });
  }

  it("may be a grid of tiles, without repeated tiles", async () => {
    const outcome = await reencode(await gridOf(2, 3), { reserveMemory });
    if (!outcome.ok) throw new Error(outcome.refusal);
    expect(await sharp(outcome.stored).metadata()).toMatchObject({ width: 128, height: 64 });
    for (const tiles of [
      [2, 2],
      [2, 4],
      [2, 9],
    ])
      expect(await reencode(await gridOf(...tiles), { reserveMemory })).toEqual({
        ok: false,
        refusal: "damaged",
      });
  });

  it("is refused when its parts are larger than the file", async () => {
    const { data, properties } = await hostile.avifPicture(made.photo());
    const indexes = properties.map((_, index) => index + 1);
    const items = [{ id: 1, type: "av01", data, properties: indexes }];
    for (const [extents, ok] of [
      [1, true],
      [5, false],
      [40, false],
    ] as const)
      expect(await reencode(hostile.avif({ properties, items, extents }), { reserveMemory })).toMatchObject({
        ok,
      });
  });
});

describe("any bytes", () => {
  it.each(formats)("are handled in finite time and hardly grow: %s", async (format) => {
    const random = seeded(7);
    let grown = 0;
    let kept = 0;
    const whole = await made.photo(40, 30).withIccProfile("p3").toFormat(format).toBuffer();
    for (let turn = 0; turn < 2_000; turn += 1) {
      const file = Buffer.from(whole).subarray(
        0,
        turn % 5 === 0 ? Math.floor(random() * whole.length) : undefined,
      );
      for (let change = turn % 8; change >= 0 && file.length > 16; change -= 1)
        file[12 + Math.floor(random() * Math.min(file.length - 12, 600))] = Math.floor(random() * 256);
      try {
        grown = Math.max(grown, METADATA_STRIPPERS[format](file).picture.length - file.length);
        kept += 1;
      } catch (error) {
        if (!["DamagedError", "RangeError"].includes((error as Error).name)) throw error;
      }
    }
    expect(kept).toBeGreaterThan(0);
    expect(grown).toBeLessThan(600);
  });
});
