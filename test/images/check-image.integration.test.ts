import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageName, MAX_STORED_BYTES, MAX_UPLOAD_BYTES } from "../../src/labeling/images.ts";
import { imageChecker } from "../../src/images/check-image.ts";
import { reencode } from "../../src/images/reencode.ts";
import { possibleNames } from "../../src/images/image-type.ts";
import * as made from "./files.ts";

const check = imageChecker();

async function refusalOf(file: Buffer): Promise<string> {
  const checked = await check(file);
  return checked.ok ? `accepted as ${checked.format}` : checked.refusal;
}

async function accepted(file: Buffer) {
  const checked = await check(file);
  if (!checked.ok) throw new Error(`refused: ${checked.refusal}`);
  const metadata = await sharp(checked.stored).metadata();
  return { ...checked, metadata };
}

/** Red, green and blue of one pixel. */
async function pixel(image: Buffer, left: number, top: number): Promise<number[]> {
  const area = sharp(image).extract({ left, top, width: 1, height: 1 }).removeAlpha().toColorspace("srgb");
  return [...(await area.raw().toBuffer())];
}

const isRed = ([r = 0, g = 255, b = 255]: number[]): boolean => r > 200 && g < 60 && b < 60;

describe("an accepted image", () => {
  it.each([
    ["jpeg", "jpg"],
    ["png", "png"],
    ["webp", "webp"],
    ["gif", "png"],
    ["avif", "webp"],
    ["tiff", "png"],
  ] as const)("is stored: %s as %s", async (format, kept) => {
    const lossless = { compression: format === "tiff" ? "lzw" : undefined };
    const file = await made.redAndBlue().toFormat(format, lossless).toBuffer();
    const { stored, format: became, metadata } = await accepted(file);
    expect(became).toBe(kept);
    expect(possibleNames(file)[0]).toBe(imageName(file, became));
    expect(metadata).toMatchObject({ format: kept === "jpg" ? "jpeg" : kept, width: 64, height: 32 });
    expect(isRed(await pixel(stored, 8, 16))).toBe(true);
    expect(isRed(await pixel(stored, 56, 16))).toBe(false);
  });

  it("stays lossy: a TIFF that contains JPEG becomes a WebP", async () => {
    const file = await made.photo().tiff({ compression: "jpeg" }).toBuffer();
    const { format, metadata } = await accepted(file);
    expect([format, metadata.format]).toEqual(["webp", "webp"]);
    expect(possibleNames(file)).toContain(imageName(file, "webp"));
  });

  it("is recognized by the name that earlier versions gave it", async () => {
    const file = await made.redAndBlue().avif({ effort: 0 }).toBuffer();
    expect(possibleNames(file)).toEqual([imageName(file, "webp"), imageName(file, "png")]);
    expect(possibleNames(made.SVG)).toEqual([]);
  });

  it("is shrunk to an edge of at most 4,096 pixels, and never enlarged", async () => {
    const { metadata } = await accepted(await made.flat(6_144, 300).jpeg().toBuffer());
    expect(metadata).toMatchObject({ width: 4_096, height: 200 });
    const small = await accepted(await made.flat(3, 2).png().toBuffer());
    expect(small.metadata).toMatchObject({ width: 3, height: 2 });
  });

  it("looks like the original", async () => {
    const original = await made.photo(200, 100).blur(2).png().toBuffer();
    for (const format of ["jpeg", "webp", "png"] as const) {
      const { stored } = await accepted(await sharp(original).toFormat(format, { quality: 90 }).toBuffer());
      const [before, after] = await Promise.all(
        [original, stored].map((image) => sharp(image).raw().toBuffer()),
      );
      const differences = [...(before ?? [])].map((value, index) => Math.abs(value - (after?.[index] ?? 0)));
      expect(differences.reduce((sum, difference) => sum + difference, 0) / differences.length).toBeLessThan(
        4,
      );
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "is upright and has no location: EXIF orientation %d",
    async (orientation) => {
      const gps = {
        IFD0: { Copyright: "somebody" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 51/1 0/1" },
      };
      const file = await made.redAndBlue().jpeg().withExif(gps).withMetadata({ orientation }).toBuffer();
      const { stored, metadata } = await accepted(file);
      const [width, height] = orientation > 4 ? [32, 64] : [64, 32];
      expect(metadata).toMatchObject({ width, height });
      for (const kind of ["orientation", "exif", "icc", "iptc", "xmp"] as const)
        expect(metadata[kind]).toBeUndefined();
      expect(stored.includes("Exif")).toBe(false);
      expect(stored.includes("somebody")).toBe(false);
      const reference = await sharp(file).autoOrient().png().toBuffer();
      for (const [left, top] of [
        [2, 2],
        [width - 3, height - 3],
      ] as const)
        expect(isRed(await pixel(stored, left, top))).toBe(isRed(await pixel(reference, left, top)));
    },
  );

  it.each(["png", "webp", "tiff"] as const)("is upright as %s too", async (format) => {
    const file = await made.redAndBlue().toFormat(format).withMetadata({ orientation: 6 }).toBuffer();
    const { stored, metadata } = await accepted(file);
    expect(metadata).toMatchObject({ width: 32, height: 64 });
    expect(metadata.exif).toBeUndefined();
    expect(isRed(await pixel(stored, 16, 4))).toBe(true);
  });

  it("is converted to sRGB without a profile: CMYK", async () => {
    const file = await made.redAndBlue().toColorspace("cmyk").withIccProfile("cmyk").jpeg().toBuffer();
    expect((await sharp(file).metadata()).space).toBe("cmyk");
    const { stored, metadata } = await accepted(file);
    expect(metadata).toMatchObject({ space: "srgb", channels: 3, hasProfile: false });
    const [red = 0, green = 255, blue = 255] = await pixel(stored, 8, 16);
    expect(red - Math.max(green, blue)).toBeGreaterThan(100);
  });

  it("is converted to sRGB without a profile: Display P3", async () => {
    const file = await made.redAndBlue().withIccProfile("p3").jpeg({ chromaSubsampling: "4:4:4" }).toBuffer();
    const { stored, metadata } = await accepted(file);
    expect(metadata).toMatchObject({ space: "srgb", hasProfile: false });
    expect(isRed(await pixel(stored, 8, 16))).toBe(true);
  });

  it("has 8 bits per color: 16-bit PNG and TIFF", async () => {
    const file = await made.redAndBlue().toColorspace("rgb16").png().toBuffer();
    for (const deep of [file, made.tiff(4, 4, { bits: 16 })]) {
      expect((await sharp(deep).metadata()).depth).toBe("ushort");
      expect((await accepted(deep)).metadata.depth).toBe("uchar");
    }
    const { stored, metadata } = await accepted(file);
    expect(metadata.space).toBe("srgb");
    expect(isRed(await pixel(stored, 8, 16))).toBe(true);
  });

  it("keeps its transparency", async () => {
    for (const format of ["png", "webp"] as const) {
      const { metadata } = await accepted(await made.flat(8, 8, 4).toFormat(format).toBuffer());
      expect(metadata.hasAlpha).toBe(true);
    }
  });

  it.each(["gif", "webp"] as const)("is the first frame of an animated %s", async (format) => {
    const frames = await Promise.all(
      ["#f00", "#00f", "#0f0"].map((background) =>
        sharp({ create: { width: 40, height: 30, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const file = await sharp(frames, { join: { animated: true } })
      .toFormat(format)
      .toBuffer();
    expect((await sharp(file).metadata()).pages).toBe(3);
    const { stored, metadata } = await accepted(file);
    expect(metadata).toMatchObject({ width: 40, height: 30 });
    expect(metadata.pages ?? 1).toBe(1);
    expect(isRed(await pixel(stored, 20, 15))).toBe(true);
  });

  it.each([
    [1, 40_000, 1, 4_096],
    [40_000, 1, 4_096, 1],
  ])("can have %d × %d pixels", async (width, height, keptWidth, keptHeight) => {
    const { metadata } = await accepted(made.png(width, height));
    expect(metadata).toMatchObject({ width: keptWidth, height: keptHeight });
  });
});

describe("the stored file", () => {
  /** Format, bytes and width of the stored file, or the refusal. @param maxStoredBytes the limit for the stored file */
  async function kept(file: Buffer, maxStoredBytes?: number) {
    const reserveMemory = (): Promise<void> => Promise.resolve();
    const outcome = await reencode(file, { reserveMemory, ...(maxStoredBytes && { maxStoredBytes }) });
    if (!outcome.ok) return outcome.refusal;
    const { width } = await sharp(outcome.stored).metadata();
    return { format: outcome.format, bytes: outcome.stored.length, width };
  }

  it.each([
    ["png", "webp", {}],
    ["jpeg", "jpg", { quality: 100 }],
    ["webp", "webp", { quality: 100 }],
  ] as const)(
    "loses quality, then pixels, and is refused in the end: %s",
    async (format, became, quality) => {
      const file = await made.photo(5_000, 24).toFormat(format, quality).toBuffer();
      const first = await kept(file);
      if (typeof first === "string") throw new Error(first);
      const lossy = await kept(file, first.bytes - 1);
      expect(lossy).toMatchObject({ format: became, width: 4_096 });
      const smaller = await kept(file, Math.floor(first.bytes / 4));
      expect(smaller).toMatchObject({ format: became, width: 2_048 });
      expect(await kept(file, 1_000)).toBe("too-detailed");
    },
  );

  it("has at most 12 MiB", async () => {
    const size = { width: 2_800, height: 2_800, channels: 3 } as const;
    const noise = sharp(randomBytes(size.width * size.height * size.channels), { raw: size });
    const file = await noise.jpeg({ quality: 82, chromaSubsampling: "4:4:4" }).toBuffer();
    expect(file.length).toBeLessThan(MAX_UPLOAD_BYTES);
    // With the usual quality, it would have more.
    const good = await sharp(file).jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toBuffer();
    expect(good.length).toBeGreaterThan(MAX_STORED_BYTES);
    expect((await accepted(file)).stored.length).toBeLessThanOrEqual(MAX_STORED_BYTES);
  });
});

describe("other content of a file is not stored", () => {
  const page = Buffer.from(`/*<html>*/=1;alert(1);//${made.SCRIPT}`);
  const archive = Buffer.concat([Buffer.from("PK\x03\x04"), gzipSync("a virus"), Buffer.from("PK\x05\x06")]);

  it.each(["jpeg", "png", "webp", "gif", "avif", "tiff"] as const)(
    "after the image, in %s",
    async (format) => {
      const image = await made.redAndBlue().toFormat(format).toBuffer();
      const { stored } = await accepted(Buffer.concat([image, page, archive]));
      for (const secret of ["alert", "<script", "PK\x03\x04"]) expect(stored.includes(secret)).toBe(false);
    },
  );

  it("in a GIF that is also a script", async () => {
    const image = made.gif(0x2f2a, 1);
    const file = Buffer.concat([image, Buffer.from("*/=1;alert(document.domain)")]);
    expect(file.toString("latin1", 0, 8)).toBe("GIF89a*/");
    const { stored, format } = await accepted(file);
    expect(format).toBe("png");
    expect(stored.includes("alert")).toBe(false);
  });

  it("in comments and texts", async () => {
    const text = made.pngChunk("tEXt", Buffer.from(`Comment\0${made.SCRIPT}`));
    const { stored } = await accepted(made.png(9, 9, { before: [text] }));
    expect(stored.includes("script")).toBe(false);
    const jpeg = await made.redAndBlue().jpeg().toBuffer();
    const comment = Buffer.from([0xff, 0xfe, 0, 2 + made.SCRIPT.length, ...Buffer.from(made.SCRIPT)]);
    const kept = await accepted(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]));
    expect(kept.stored.includes("script")).toBe(false);
  });
});

describe("a refused file", () => {
  it.each([
    ["nothing", Buffer.alloc(0), "empty"],
    ["11 MiB", Buffer.concat([made.png(1, 1), Buffer.alloc(11 * 1024 * 1024)]), "too-large"],
    ["one byte more than 10 MiB", Buffer.alloc(MAX_UPLOAD_BYTES + 1), "too-large"],
    ["text", Buffer.from("just some words, in a file that is called photo.jpg"), "other-format"],
    ["one byte", Buffer.from([0xff]), "other-format"],
    ["an SVG with a script", made.SVG, "other-format"],
    [
      "an SVG with a byte order mark",
      Buffer.concat([Buffer.from("\uFEFF<?xml version='1.0'?>"), made.SVG]),
      "other-format",
    ],
    ["a compressed SVG", gzipSync(made.SVG), "other-format"],
    ["a web page", Buffer.from(`<!doctype html>${made.SCRIPT}`), "other-format"],
    ["a PDF", Buffer.from("%PDF-1.7\n"), "other-format"],
    ["a BMP", Buffer.concat([Buffer.from("BM"), Buffer.alloc(100)]), "other-format"],
    ["an archive", Buffer.from("PK\x03\x04"), "other-format"],
    ["a video", made.fileOfBrands("isom", "mp41"), "other-format"],
    ["HEIC", made.fileOfBrands("heic", "mif1", "heic"), "heic"],
    ["other HEIF", made.fileOfBrands("mif1", "miaf"), "heic"],
    ["a HEIC sequence", made.fileOfBrands("hevc", "msf1"), "heic"],
    ["AVIF brands without an image", made.fileOfBrands("avif", "mif1"), "damaged"],
    ["the first bytes of a JPEG and no more", Buffer.from([0xff, 0xd8, 0xff]), "damaged"],
    ["the first bytes of a PNG and no more", made.png(1, 1).subarray(0, 8), "damaged"],
    ["the first bytes of a WebP and no more", Buffer.from("RIFF\x04\0\0\0WEBP"), "damaged"],
    ["the first bytes of a TIFF and no more", Buffer.from("II*\0"), "damaged"],
    ["the first bytes of a BigTIFF and no more", Buffer.from("MM\0+\0\x08\0\0"), "damaged"],
    ["the first bytes of a GIF and no more", Buffer.from("GIF89a"), "damaged"],
    [
      "an SVG behind the first bytes of a PNG",
      Buffer.concat([made.png(1, 1).subarray(0, 8), made.SVG]),
      "damaged",
    ],
    [
      "an SVG behind the first bytes of a JPEG",
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), made.SVG]),
      "damaged",
    ],
    ["a GIF without a frame", made.gif(9, 9, 0), "damaged"],
    ["a file type box that is cut", Buffer.from("\0\0\0\x20ftyp", "latin1"), "other-format"],
  ])("%s", async (_what, file, refusal) => {
    expect(await refusalOf(file)).toBe(refusal);
  });

  it("an AVIF with the brands of HEIC", async () => {
    const avif = await made.photo(64, 64).avif({ effort: 0 }).toBuffer();
    const end = avif.readUInt32BE(0);
    const renamed = Buffer.from(avif);
    for (let at = 8; at < end; at += 4)
      if (renamed.toString("latin1", at, at + 4) === "avif") renamed.write("heic", at);
    expect(await refusalOf(renamed)).toBe("heic");
  });

  it.each(["jpeg", "png", "webp", "gif", "avif", "tiff"] as const)(
    "a truncated %s, wherever it ends",
    async (format) => {
      const quick = { gif: { effort: 1 }, avif: { effort: 0 } }[format as string];
      const whole = await made.photo().toFormat(format, quick).toBuffer();
      expect(await refusalOf(whole)).toMatch(/^accepted/);
      for (const share of [0.02, 0.3, 0.6, 0.9, 0.99]) {
        expect(await refusalOf(whole.subarray(0, Math.floor(whole.length * share)))).toBe("damaged");
      }
    },
  );

  it.each(["jpeg", "png"] as const)(
    "a truncated progressive %s, even if only one byte is missing",
    async (format) => {
      const whole = await made.photo().toFormat(format, { progressive: true }).toBuffer();
      for (const length of [whole.length - 1, whole.length - 20, whole.length >> 1])
        expect(await refusalOf(whole.subarray(0, length))).toBe("damaged");
    },
  );

  it("a PNG with changed bits, or with fewer pixels than it claims", async () => {
    const whole = await made.photo().png().toBuffer();
    const changed = Buffer.from(whole);
    changed.writeUInt8(whole.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1);
    expect(await refusalOf(changed)).toBe("damaged");
    expect(await refusalOf(made.png(400, 400, { pixels: Buffer.alloc(20 * 1_201) }))).toBe("damaged");
  });

  it("an AVIF that claims a wrong size", async () => {
    const avif = await made.photo().avif({ effort: 0 }).toBuffer();
    const at = avif.indexOf("ispe") + 8;
    for (const [size, refusal] of [
      [8, "damaged"],
      [7_000, "damaged"],
      [60_000, "too-many-pixels"],
    ] as const) {
      const lying = Buffer.from(avif);
      lying.writeUInt32BE(size, at);
      lying.writeUInt32BE(size, at + 4);
      expect(await refusalOf(lying)).toBe(refusal);
    }
  });

  it("more than 50 megapixels, and an edge that would take too much memory", async () => {
    expect(await refusalOf(made.png(10_000, 5_001))).toBe("too-many-pixels");
    expect(await refusalOf(made.png(65_536, 1))).toBe("too-many-pixels");
  });
});

describe("a decompression bomb", () => {
  // Given to libvips unchanged, each of these takes minutes or gigabytes, and would be refused as too slow or too large.

  it.each([
    ["PNG", made.png(65_535, 65_535, { pixels: Buffer.alloc(1_000_000) }), "too-many-pixels"],
    ["PNG of the largest size", made.png(2 ** 31 - 1, 2 ** 31 - 1, { pixels: Buffer.alloc(9) }), "damaged"],
    ["PNG of 10,000,000 × 5", made.png(10_000_000, 5), "too-many-pixels"],
    ["GIF", made.gif(65_535, 65_535), "too-many-pixels"],
    ["TIFF", made.tiff(65_535, 65_535), "too-many-pixels"],
  ])("is refused by its header: %s", async (_what, file, refusal) => {
    expect(await refusalOf(file)).toBe(refusal);
  });

  it("is refused by its header: WebP", async () => {
    expect(await refusalOf(await made.animatedWebp(16_000_000, 200, 1))).toBe("damaged");
    expect(await refusalOf(await made.animatedWebp(16_383, 16_383, 1))).toBe("too-many-pixels");
  });

  it("of a gigabyte of pixels in a PNG that claims a few is never inflated", async () => {
    const file = made.png(4, 4, { pixels: 1_000_000_000 });
    expect((await accepted(file)).metadata).toMatchObject({ width: 4, height: 4 });
  });

  it("in the texts of a PNG is never inflated", async () => {
    expect((await accepted(made.pngWithHeavyTexts())).metadata).toMatchObject({ width: 4, height: 4 });
  });

  it("of 100,000 frames or pages costs as much as its first one", async () => {
    expect((await accepted(await made.animatedWebp(2, 2, 100_000))).metadata).toMatchObject({ width: 2 });
    expect((await accepted(made.gif(1, 1, 500_000))).metadata).toMatchObject({ width: 1 });
    expect((await accepted(made.tiff(4, 4, { pages: 90_000 }))).metadata).toMatchObject({ width: 4 });
  });
});
