import { cpuUsage } from "node:process";
import sharp from "sharp";
import { z } from "zod";
import { hashIndex, type HashIndex } from "../../src/images/near-duplicates/hash-index.ts";
import { isPlain, nearDuplicateTest } from "../../src/images/near-duplicates/is-near-duplicate.ts";
import { makeThumbnail } from "../../src/images/near-duplicates/make-thumbnail.ts";
import { hashProbes, perceptualHash } from "../../src/images/near-duplicates/perceptual-hash.ts";
import { SCALED_EDGE, thumbnailOf, type Thumbnail } from "../../src/images/near-duplicates/thumbnail.ts";
import { seeded, type Random } from "../../src/platform/seeded.ts";
import { cropper, reencoder, resizer } from "../../test/images/scenes.ts";
import { startChild } from "../harness/child.ts";
import { medianFigure, type Figure } from "../harness/figures.ts";
import { cpuMilliseconds } from "../harness/process-usage.ts";
import { makePhoto, PHONE_PHOTO } from "../samples/pictures.ts";
import { comparedPictures, partsOf, quarterOf } from "./pictures.ts";

/** Pictures that each is compared with. */
const MAX_PICTURES = 10_000;
/** Pictures that are looked for among all others. */
const MAX_LOOKED_FOR = 2_500;
/** Pictures that are changed in each way, and a quarter of each. */
const MAX_CHANGED = 60;
const CONCURRENCY = 2;
/** Hashes in memory for the time of a search. */
const MANY_HASHES = 1_000_000;
/** Candidates that a search finds at most. */
const CANDIDATES = 16;
const ROUNDS = 5;
const RUNS_PER_ROUND = 40;
const MB = 1_000_000;

type Change = (random: Random) => (picture: Buffer) => Promise<Buffer>;

const CHANGES: Record<string, readonly Change[]> = {
  resized: [resizer],
  "encoded again": [reencoder],
  "cropped by 5 %": [cropper],
  "cropped, resized and encoded again": [cropper, resizer, reencoder],
};

interface ChangedPicture {
  /** Number of the picture that was changed. */
  original: number;
  change: string;
  thumbnail: Thumbnail;
}

interface Pictures {
  known: Thumbnail[];
  changed: ChangedPicture[];
}

/**
 * Measures how many changed pictures are recognized, how many others are taken for one, and what that costs.
 * @param folder of photographs; without one, scenes are drawn
 */
export async function nearDuplicateFigures(folder?: string): Promise<Figure[]> {
  const { known, changed } = await collect(folder);
  const index = hashIndex();
  for (const thumbnail of known) index.add(perceptualHash(thumbnail));
  const what = folder === undefined ? "scenes" : "photographs";
  const plain = changed.filter(({ thumbnail }) => isPlain(thumbnail));
  // A separate process works while this one looks for pictures, which is not timed.
  await using hashes = startChild(new URL("./hashes-process.ts", import.meta.url));
  const hashesRead = hashes.ask();
  const recognized = [
    ...Object.keys(CHANGES).map((change) => {
      const tried = changed.filter((one) => one.change === change);
      const found = tried.filter(({ original, thumbnail }) =>
        similar(thumbnail, index, known).includes(original),
      );
      const goal = { atLeast: 95 };
      return medianFigure(
        `found: ${tried.length} ${what} and quarters, ${change}`,
        [share(found, tried)],
        "%",
        goal,
      );
    }),
    medianFigure("of these, plain and never found", [share(plain, changed)], "%"),
    falseAlarms(known, index, what),
  ];
  const memory = memoryFigures(await hashesRead);
  return [...recognized, ...costs(known), await decodingCost(), ...memory];
}

/** Reads or draws pictures, cuts them into parts and changes some of them. */
async function collect(folder: string | undefined): Promise<Pictures> {
  const all: Pictures = { known: [], changed: [] };
  const pictures = comparedPictures(folder);
  let count = 0;
  // All take pictures from one generator.
  const work = async (): Promise<void> => {
    for await (const picture of pictures) {
      count += 1;
      await addPicture(picture, count <= MAX_CHANGED ? seeded(count) : undefined, all);
      if (all.known.length >= MAX_PICTURES) return;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return all;
}

/** @param random for the changes; without it, the picture is not changed */
async function addPicture(picture: Buffer, random: Random | undefined, all: Pictures): Promise<void> {
  const thumbnails = [await makeThumbnail(picture), ...(await partsOf(picture))];
  const first = all.known.push(...thumbnails) - thumbnails.length;
  if (random === undefined) return;
  // The first part is the upper left quarter.
  for (const [part, original] of [picture, await quarterOf(picture)].entries())
    for (const [change, steps] of Object.entries(CHANGES)) {
      let result = original;
      for (const step of steps) result = await step(random)(result);
      all.changed.push({ original: first + part, change, thumbnail: await makeThumbnail(result) });
    }
}

function similar(thumbnail: Thumbnail, index: HashIndex, known: readonly Thumbnail[]): number[] {
  if (isPlain(thumbnail)) return [];
  const isNearDuplicate = nearDuplicateTest(thumbnail);
  return index.find(hashProbes(thumbnail)).filter((entry) => {
    const other = known[entry];
    return other !== undefined && isNearDuplicate(other);
  });
}

/** Looks for pictures among all others. */
function falseAlarms(known: readonly Thumbnail[], index: HashIndex, what: string): Figure {
  const every = Math.ceil(known.length / MAX_LOOKED_FOR);
  const numbers = known
    .keys()
    .filter((number) => number % every === 0)
    .toArray();
  const alarms = numbers.filter((number) => {
    const thumbnail = known[number];
    return thumbnail !== undefined && similar(thumbnail, index, known).some((other) => other !== number);
  });
  const name = `false alarms: ${numbers.length} parts of ${what}, each among ${known.length}`;
  return medianFigure(name, [share(alarms, numbers)], "%", { atMost: 0.1 });
}

function share(some: readonly unknown[], all: readonly unknown[]): number {
  return (100 * some.length) / all.length;
}

/** What comparing an image costs in a set of a million. */
function costs(known: readonly Thumbnail[]): Figure[] {
  const random = seeded(2);
  const half = (): number => Math.floor(random() * 2 ** 32);
  const index = hashIndex();
  for (let entry = 0; entry < MANY_HASHES; entry += 1) index.add({ high: half(), low: half() });
  const pixels = Uint8Array.from({ length: 3 * SCALED_EDGE ** 2 }, () => Math.floor(256 * random()));
  const building = cpuOf(() => index.find(hashProbes(thumbnailOf(pixels))));
  const compareOne = (number: number): void => {
    const thumbnail = known[number % known.length] ?? thumbnailOf(pixels);
    thumbnailOf(pixels);
    perceptualHash(thumbnail);
    index.find(hashProbes(thumbnail));
    const isNearDuplicate = nearDuplicateTest(thumbnail);
    for (let other = 1; other <= CANDIDATES; other += 1) {
      // With its own colors, no candidate is refused before it is aligned.
      const { luma } = known[(number + other) % known.length] ?? thumbnail;
      isNearDuplicate({ luma, chroma: thumbnail.chroma });
    }
  };
  // The first round is not compiled yet.
  const rounds = Array.from({ length: ROUNDS + 1 }, (_, round) =>
    cpuOf(() => {
      for (let run = 0; run < RUNS_PER_ROUND; run += 1) compareOne(97 * (RUNS_PER_ROUND * round + run));
    }),
  ).slice(1);
  const name = `CPU time: hash, search among 10⁶ and ${CANDIDATES} full comparisons for one image, beside decoding`;
  const perImage = rounds.map((milliseconds) => milliseconds / RUNS_PER_ROUND);
  return [
    medianFigure(name, perImage, "ms", { atMost: 5 }),
    medianFigure("CPU time: building the tables of 10⁶ images", [building], "ms"),
  ];
}

/** Milliseconds of CPU time. */
function cpuOf(work: () => unknown): number {
  const before = cpuMilliseconds({ cpuUsage });
  work();
  return cpuMilliseconds({ cpuUsage }) - before;
}

/** What the second decoding costs, as a share of the first with its encoding. */
async function decodingCost(): Promise<Figure> {
  const photo = await makePhoto(...PHONE_PHOTO);
  const stored = await sharp(photo).jpeg({ quality: 92 }).toBuffer();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = cpuMilliseconds({ cpuUsage });
    await makeThumbnail(stored);
    rounds.push(cpuMilliseconds({ cpuUsage }) - before);
  }
  return medianFigure(`CPU time: decoding ${PHONE_PHOTO.join(" × ")} again for the thumbnail`, rounds, "ms");
}

const hashesResult = z.object({ bytes: z.number(), milliseconds: z.number() });

/** @param message of the process that has read the hashes of a million images */
function memoryFigures(message: unknown): Figure[] {
  const { bytes, milliseconds } = hashesResult.parse(message);
  return [
    medianFigure("memory for the hashes of 10⁶ images", [bytes / MB], "MB", { atMost: 64 }),
    medianFigure("CPU time: reading these hashes from a store in memory", [milliseconds], "ms"),
  ];
}
