import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as made from "./files.ts";

const MIB = 1024 * 1024;
/** 49.996 megapixels. */
const SIZE = [8_660, 5_773] as const;

interface Outcome {
  accepted: number;
  /** Bytes at the most, of the process that checks and of those in which it has decoded. */
  own: number;
  decoding: number[];
}

describe("memory", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-memory-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("stays below 512 MiB for ten images of 50 megapixels at once", { timeout: 120_000 }, async () => {
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
    const [{ accepted, own, decoding }] = (await once(child, "message")) as [Outcome];
    expect(accepted).toBe(10);
    expect(decoding).toHaveLength(1);
    expect((own + (decoding[0] ?? Number.NaN)) / MIB).toBeLessThan(512);
  });
});
