import sharp from "sharp";
import { z } from "zod";
import { hashIndex, type HashIndex } from "../../src/images/near-duplicates/hash-index.ts";
import { isNearDuplicate } from "../../src/images/near-duplicates/is-near-duplicate.ts";
import { makeThumbnail } from "../../src/images/near-duplicates/make-thumbnail.ts";
import { hashProbes, perceptualHash } from "../../src/images/near-duplicates/perceptual-hash.ts";
import { SCALED_EDGE, thumbnailOf, type Thumbnail } from "../../src/images/near-duplicates/thumbnail.ts";
import { seeded, type Random } from "../../src/platform/seeded.ts";
import { cropper, reencoder, resizer } from "../../test/images/scenes.ts";
import { startChild } from "../harness/child.ts";
import { median, medianFigure, type Figure } from "../harness/figures.ts";
import { LARGE_PHOTO, makePhoto } from "../samples/pictures.ts";
import { comparedPictures, partsOf } from "./pictures.ts";

/** Pictures that each is compared with. */
const MAX_PICTURES = 10_000;
/** Pictures that are changed in each way, and that are looked for among all. */
const MAX_CHANGED = 300;
/** Hashes in memory for the time of a search. */
const MANY_HASHES = 1_000_000;
const TIMED_PICTURES = 50;
const MB = 1_000_000;

type Change = (random: Random) => (picture: Buffer) => Promise<Buffer>;

const CHANGES: Record<string, readonly Change[]> = {
  resized: [resizer],
  "encoded again": [reencoder],
  "cropped by 5 %": [cropper],
  "cropped, resized and encoded again": [cropper, resizer, reencoder],
};

/**
 * Measures how many changed pictures are recognized, how many others are taken for one, and what that costs.
 * @param folder of photographs; without one, scenes are drawn
 */
export async function nearDuplicateFigures(folder?: string): Promise<Figure[]> {
  const random = seeded(1);
  const known: Thumbnail[] = [];
  const index = hashIndex();
  const changed: { original: number; name: string; thumbnail: Thumbnail }[] = [];
  const remember = (thumbnail: Thumbnail): void => {
    if (known.length >= MAX_PICTURES) return;
    known.push(thumbnail);
    index.add(perceptualHash(thumbnail));
  };
  let pictures = 0;
  for await (const picture of comparedPictures(folder)) {
    pictures += 1;
    const original = known.length;
    remember(await makeThumbnail(picture));
    if (pictures <= MAX_CHANGED)
      for (const [name, changes] of Object.entries(CHANGES)) {
        let result = picture;
        for (const change of changes) result = await change(random)(result);
        changed.push({ original, name, thumbnail: await makeThumbnail(result) });
      }
    for (const part of await partsOf(picture)) remember(part);
    if (known.length >= MAX_PICTURES) break;
  }
  const what = folder === undefined ? "scenes" : "photographs";
  return [
    ...Object.keys(CHANGES).map((name) => {
      const tried = changed.filter((one) => one.name === name);
      const found = tried.filter(({ original, thumbnail }) =>
        similar(thumbnail, index, known).includes(original),
      );
      const goal = { atLeast: 95 };
      return medianFigure(`found: ${tried.length} ${what}, ${name}`, [share(found, tried)], "%", goal);
    }),
    falseAlarms(known, index, what),
    ...(await costs()),
    ...(await memory()),
  ];
}

function similar(thumbnail: Thumbnail, index: HashIndex, known: readonly Thumbnail[]): number[] {
  return index.find(hashProbes(thumbnail)).filter((entry) => {
    const other = known[entry];
    return other !== undefined && isNearDuplicate(thumbnail, other);
  });
}

/** Looks for pictures among all others. */
function falseAlarms(known: readonly Thumbnail[], index: HashIndex, what: string): Figure {
  const alarms = known.filter((thumbnail, number) =>
    similar(thumbnail, index, known).some((other) => other !== number),
  );
  const name = `false alarms, ${known.length} parts of ${what}, each among all`;
  return medianFigure(name, [share(alarms, known)], "%", { atMost: 0.1 });
}

function share(some: readonly unknown[], all: readonly unknown[]): number {
  return (100 * some.length) / all.length;
}

/** What comparing an image costs in a set of a million. */
async function costs(): Promise<Figure[]> {
  const random = seeded(2);
  const half = (): number => Math.floor(random() * 2 ** 32);
  const index = hashIndex();
  for (let entry = 0; entry < MANY_HASHES; entry += 1) index.add({ high: half(), low: half() });
  const photo = await makePhoto(...LARGE_PHOTO);
  const pixels = await sharp(photo).resize(SCALED_EDGE, SCALED_EDGE, { fit: "fill" }).raw().toBuffer();
  const thumbnail = thumbnailOf(pixels);
  // Builds the tables.
  index.find(hashProbes(thumbnail));
  const beside = await timed(() => {
    const made = thumbnailOf(pixels);
    perceptualHash(made);
    index.find(hashProbes(made));
    isNearDuplicate(made, thumbnail);
  });
  const decoding = await timed(async () => makeThumbnail(photo));
  return [
    medianFigure("hash, search among 10⁶ and comparison of one image, beside decoding", beside, "ms", {
      atMost: 5,
    }),
    medianFigure(`decoding again for the thumbnail, ${LARGE_PHOTO.join(" × ")}`, decoding, "ms"),
  ];
}

/** Milliseconds of each of some runs. */
async function timed(work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < TIMED_PICTURES; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  // The first runs are not compiled yet.
  return times.slice(TIMED_PICTURES / 2);
}

const hashesResult = z.object({ bytes: z.number(), milliseconds: z.number() });

/** Reads the hashes of a million images in a separate process. */
async function memory(): Promise<Figure[]> {
  await using child = startChild(new URL("./hashes-process.ts", import.meta.url));
  const { bytes, milliseconds } = hashesResult.parse(await child.ask());
  return [
    medianFigure("memory for the hashes of 10⁶ images", [bytes / MB], "MB", { atMost: 64 }),
    medianFigure("reading these hashes from the store, without its latency", [median([milliseconds])], "ms"),
  ];
}
