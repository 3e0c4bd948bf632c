import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import sharp from "sharp";
import { z } from "zod";
import { imageChecker } from "../src/images/check-image.ts";
import { startChild } from "./child.ts";
import { hugePictures, mixedPictures } from "./pictures.ts";
import { figureOf, type Figure } from "./report.ts";

const ROUNDS = 5;
const AT_A_TIME = 2;
const MIB = 1024 * 1024;

const atOnce = z.object({ accepted: z.int(), peak: z.number() });

/**
 * Images through the whole check, against sharp alone that decodes and encodes the same ones, as many at a time; in
 * turns. And the memory of it all with ten images of 50 megapixels at once.
 */
export async function uploads(): Promise<Figure[]> {
  const pictures = await mixedPictures();
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
    figureOf(
      "whole check",
      rounds.map(({ checked }) => checked),
      "images/s",
    ),
    figureOf(
      "sharp alone",
      rounds.map(({ alone }) => alone),
      "images/s",
    ),
    figureOf(
      "whole check ÷ sharp alone",
      rounds.map(({ checked, alone }) => checked / alone),
      "×",
      { atLeast: 0.8 },
    ),
    figureOf("peak memory, ten of 50 megapixels at once", [await peakMemory()], "MiB", { atMost: 768 }),
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

const limit = pLimit(AT_A_TIME);

/** The same decoding and encoding as in src/images/reencode.ts. */
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

/** Of a process that checks them and of those in which it has them decoded, at the same moment; in MiB. */
async function peakMemory(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "hotdog-uploads-"));
  try {
    const pictures = await hugePictures();
    await Promise.all(pictures.map((picture, index) => writeFile(join(folder, String(index)), picture)));
    await using child = startChild("../test/images/check-all-at-once.ts", { args: [folder] });
    const { accepted, peak } = atOnce.parse(await child.ask());
    if (accepted !== pictures.length) throw new Error(`only ${accepted} of ${pictures.length} were accepted`);
    return peak / MIB;
  } finally {
    await rm(folder, { recursive: true });
  }
}
