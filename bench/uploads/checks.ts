import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import sharp from "sharp";
import { z } from "zod";
import { imageChecker } from "../../src/images/check-image.ts";
import { startChild } from "../harness/child.ts";
import { makeHugePictures, makeMixedPictures } from "../samples/pictures.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";

const ROUNDS = 4;
const CONCURRENCY = 2;
const MIB = 1024 * 1024;

const checkResult = z.object({ accepted: z.int(), peak: z.number() });

/**
 * Measures the throughput of the full image check, interleaved with sharp alone, which decodes and encodes the same images with the
 * same concurrency. Also measures the peak memory of ten images of 50 megapixels at once.
 */
export async function imageChecks(): Promise<Figure[]> {
  const pictures = await makeMixedPictures();
  const check = imageChecker();
  const checked = async (picture: Buffer): Promise<void> => {
    const outcome = await check(picture);
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
  };
  await Promise.all([throughput(pictures, checked), throughput(pictures, sharpAlone)]);
  const rounds: { checked: number; alone: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      checked: await throughput(pictures, checked),
      alone: await throughput(pictures, sharpAlone),
    });
  }
  return [
    medianFigure(
      "full check",
      rounds.map(({ checked }) => checked),
      "images/s",
    ),
    medianFigure(
      "sharp alone",
      rounds.map(({ alone }) => alone),
      "images/s",
    ),
    medianFigure(
      "full check ÷ sharp alone",
      rounds.map(({ checked, alone }) => checked / alone),
      "×",
      { atLeast: 0.8 },
    ),
    medianFigure("peak memory, ten 50-megapixel images at once", [await peakMemory()], "MiB", {
      atMost: 768,
    }),
  ];
}

async function throughput(
  pictures: readonly Buffer[],
  work: (picture: Buffer) => Promise<void>,
): Promise<number> {
  const started = performance.now();
  await Promise.all(pictures.map(work));
  return (pictures.length / (performance.now() - started)) * 1_000;
}

const limit = pLimit(CONCURRENCY);

/** Decodes and encodes as src/images/reencode.ts does. */
async function sharpAlone(picture: Buffer): Promise<void> {
  await limit(async () => {
    const { format, chromaSubsampling } = await sharp(picture).metadata();
    const image = sharp(picture, { autoOrient: true, failOn: "error" }).resize({
      width: 4_096,
      height: 4_096,
      fit: "inside",
      withoutEnlargement: true,
    });
    if (format === "jpeg")
      await image
        .jpeg({ quality: 92, chromaSubsampling: chromaSubsampling === "4:2:0" ? "4:2:0" : "4:4:4" })
        .toBuffer();
    else if (format === "webp" || format === "heif") await image.webp({ quality: 92, effort: 2 }).toBuffer();
    else await image.png().toBuffer();
  });
}

/** The peak memory of the checking process and its decoding processes together, in MiB. */
async function peakMemory(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-uploads-"));
  try {
    const pictures = await makeHugePictures();
    await Promise.all(pictures.map((picture, index) => writeFile(join(folder, String(index)), picture)));
    await using child = startChild(new URL("../../test/images/check-all-at-once.ts", import.meta.url), {
      args: [folder],
    });
    const { accepted, peak } = checkResult.parse(await child.ask());
    if (accepted !== pictures.length) throw new Error(`only ${accepted} of ${pictures.length} were accepted`);
    return peak / MIB;
  } finally {
    await rm(folder, { recursive: true });
  }
}
