import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imageChecker } from "../../src/images/check-image.ts";
import { decodingProcess } from "../../src/images/decoding-process.ts";
import * as made from "./files.ts";

const MIB = 1024 * 1024;
/** 49.996 megapixels. */
const SIZE = [8_660, 5_773] as const;

interface Outcome {
  accepted: number;
  /** Bytes at the most, of the process that checks and of those in which it has images decoded. */
  peak: number;
}

describe("memory", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-memory-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("stays below 768 MiB for ten images of 50 megapixels at once", { timeout: 120_000 }, async () => {
    const jpeg = () => made.flat(...SIZE);
    const files = [
      jpeg().jpeg(),
      jpeg().jpeg().withMetadata({ orientation: 6 }),
      jpeg().jpeg({ progressive: true }),
      made.flat(...SIZE).png({ compressionLevel: 1 }),
      made.flat(...SIZE, 4).png({ compressionLevel: 1 }),
      made.flat(...SIZE, 4).png({ compressionLevel: 1, progressive: true }),
      made.flat(...SIZE).webp({ effort: 0 }),
      made.flat(...SIZE, 4).webp({ effort: 0, lossless: true }),
      made.flat(...SIZE).gif({ effort: 1 }),
      made.flat(...SIZE).tiff({ compression: "deflate" }),
    ];
    for (const [index, file] of files.entries())
      await writeFile(join(folder, String(index)), await file.toBuffer());
    const child = fork(join(import.meta.dirname, "check-all-at-once.ts"), [folder]);
    const [{ accepted, peak }] = (await once(child, "message")) as [Outcome];
    expect(accepted).toBe(10);
    expect(peak / MIB).toBeLessThan(768);
  });

  const wide16 = () => made.flat(65_300, 765, 4).toColourspace("rgb16");

  it.each([
    [
      "interlaced PNG of 65,300 × 765 with 16 bits",
      () => wide16().png({ progressive: true, compressionLevel: 1 }),
    ],
    ["progressive JPEG", () => made.flat(...SIZE).jpeg({ progressive: true, chromaSubsampling: "4:4:4" })],
    ["lossless WebP with transparency", () => made.flat(4_096, 4_096, 4).webp({ lossless: true, effort: 0 })],
    ["AVIF", () => made.flat(4_096, 4_096).avif({ effort: 0 })],
  ])("is estimated before it is taken: %s", { timeout: 120_000 }, async (_what, make) => {
    const file = await make().toBuffer();
    const decoding = decodingProcess();
    await decoding.encodeAnew(made.png(1, 1), (_bytes, work) => work());
    const before = decoding.resident ?? 0;
    let most = before;
    const looking = setInterval(() => (most = Math.max(most, decoding.resident ?? 0)), 5);
    let estimate = 0;
    const checked = await decoding.encodeAnew(file, (bytes, work) => {
      estimate = bytes;
      return work();
    });
    clearInterval(looking);
    expect(checked.ok).toBe(true);
    expect(most - before).toBeLessThan(1.15 * estimate);
    expect(most / MIB).toBeLessThan(1_024);
    decoding.end();
  });

  it("of earlier files is not held against later ones", { timeout: 120_000 }, async () => {
    const check = imageChecker();
    const file = await made.photo(1_900, 1_500).png({ compressionLevel: 0 }).toBuffer();
    for (let turn = 0; turn < 30; turn += 1) expect(await check(file)).toMatchObject({ ok: true });
  });

  it("is refused by its estimate when it would be more than 1 GiB", async () => {
    const file = await wide16().tiff({ compression: "deflate", tile: true }).toBuffer();
    expect(await imageChecker()(file)).toMatchObject({ ok: false, refusal: "too-much-memory" });
  });
});
