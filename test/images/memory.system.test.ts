import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { imageChecker } from "../../src/images/check-image.ts";
import { MAX_IDLE_BYTES } from "../../src/images/decoding-memory.ts";
import { decodingProcess, type DecodingProcess } from "../../src/images/decoding-process.ts";
import * as made from "./files.ts";
import { exifLoop, jpegSegment, withSegments } from "./hostile-files.ts";

const MIB = 1024 * 1024;
/** 49.996 megapixels. */
const SIZE = [8_660, 5_773] as const;

interface Outcome {
  accepted: number;
  /** Largest number of bytes that the checking process and its decoding processes used at the same time. */
  peak: number;
}

describe("memory", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-memory-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("stays below 768 MiB for ten images of 50 megapixels at once", { timeout: 120_000 }, async () => {
    const jpeg = await made
      .flat(...SIZE)
      .jpeg({ optimiseCoding: false })
      .toBuffer();
    const turned = jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exifLoop(0, 6)]));
    const files = [
      jpeg,
      withSegments(jpeg, turned),
      await made
        .flat(...SIZE)
        .jpeg({ progressive: true })
        .toBuffer(),
      made.png(...SIZE),
      made.png(...SIZE, { alpha: true }),
      made.png(...SIZE, { alpha: true, interlaced: true }),
      await made
        .flat(...SIZE)
        .webp({ effort: 0 })
        .toBuffer(),
      await made.flatWebp(...SIZE),
      made.flatGif(...SIZE),
      await made
        .flat(...SIZE)
        .tiff({ compression: "deflate" })
        .toBuffer(),
    ];
    for (const [index, file] of files.entries()) await writeFile(join(folder, String(index)), file);
    const child = fork(join(import.meta.dirname, "check-all-at-once.ts"), [folder]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const [{ accepted, peak }] = (await once(child, "message")) as [Outcome];
    expect(accepted).toBe(10);
    expect(peak / MIB).toBeLessThan(768);
  });

  it.each([
    [
      "interlaced PNG of 65,300 × 765 with 16 bits",
      () => made.png(65_300, 765, { bits: 16, alpha: true, interlaced: true }),
    ],
    [
      "progressive JPEG",
      () =>
        made
          .flat(...SIZE)
          .jpeg({ progressive: true, chromaSubsampling: "4:4:4" })
          .toBuffer(),
    ],
    ["lossless WebP with transparency", () => made.flatWebp(4_096, 4_096)],
    ["AVIF", () => made.flat(4_096, 4_096).avif({ effort: 0 }).toBuffer()],
  ])("is estimated before it is used: %s", { timeout: 120_000 }, async (_what, make) => {
    const file = await make();
    const decoding = decodingProcess();
    onTestFinished(() => decoding.end());
    await decoding.reencode(made.png(1, 1), (_bytes, work) => work());
    const before = decoding.resident ?? 0;
    let peak = before;
    const sampling = setInterval(() => (peak = Math.max(peak, decoding.resident ?? 0)), 5);
    onTestFinished(() => clearInterval(sampling));
    let estimate = 0;
    const checked = await decoding.reencode(file, (bytes, work) => {
      estimate = bytes;
      return work();
    });
    expect(checked.ok).toBe(true);
    expect(peak - before).toBeLessThan(1.15 * estimate);
    expect(peak / MIB).toBeLessThan(1_024);
  });

  it("that earlier files took does not count for later ones", { timeout: 120_000 }, async () => {
    const started: DecodingProcess[] = [];
    onTestFinished(() => {
      for (const decoding of started) decoding.end();
    });
    const check = imageChecker(() => {
      const decoding = decodingProcess();
      started.push(decoding);
      return decoding;
    });
    const file = await made.photo(1_900, 1_500).png({ compressionLevel: 0 }).toBuffer();
    // A process that nothing ends would use 175 MiB after eleven such files.
    for (let turn = 0; turn < 14; turn += 1) {
      expect(await check(file)).toMatchObject({ ok: true });
      const held = started.map(({ ended, resident }) => (ended ? 0 : (resident ?? 0)));
      expect(Math.max(...held)).toBeLessThan(MAX_IDLE_BYTES + 8 * MIB);
    }
  });

  it("of more than 1 GiB, by the estimate, is refused", async () => {
    const narrow = made.flat(256, 765, 4).toColorspace("rgb16");
    const file = await narrow.tiff({ compression: "deflate", tile: true }).toBuffer();
    // Tag 256, the width, with one 16-bit number: 256.
    const width = file.indexOf(Buffer.from([0, 1, 3, 0, 1, 0, 0, 0, 0, 1, 0, 0]));
    file.writeUInt16LE(65_300, width + 8);
    expect(await sharp(file).metadata()).toMatchObject({ width: 65_300, height: 765, depth: "ushort" });
    expect(await imageChecker()(file)).toMatchObject({ ok: false, refusal: "too-much-memory" });
  });
});
