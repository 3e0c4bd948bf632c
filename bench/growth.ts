import { measuredByTurns } from "./by-turns.ts";
import { ROWS_OF_A_PART } from "./content.ts";
import { pressCosts, roundCost, WARM_UP } from "./growth-costs.ts";
import { growthFigures, type Round } from "./growth-figures.ts";
import { firstRound } from "./growth-first-round.ts";
import { progressTimes } from "./progress.ts";
import type { Figure } from "./report.ts";
import { startS3 } from "./s3.ts";
import { PUT_TIME, READ_TIME } from "./slow-store.ts";

const ROUNDS = 3;

/**
 * About 10⁴ and 10⁶ rows, in full parts, so that presses meet parts of the same length; beside as few images: a server with a million
 * keys is slower for reasons of its own.
 */
const ROWS = [10_000, 1_000_000].map((rows) => Math.ceil(rows / ROWS_OF_A_PART) * ROWS_OF_A_PART);
/** In each round; all rounds together fill a part. */
const PRESSES = Math.floor(ROWS_OF_A_PART / ROUNDS) - WARM_UP;
const IMAGES = [20, 10_000, 1_000_000] as const;

/**
 * What a press costs at 10⁴ and at 10⁶ rows, and a round at 20, 10⁴ and 10⁶ images, on S3; sizes in turns.
 * Presses one after the other on a server without latency, where a difference shows most; rounds with that of S3.
 */
export async function growth(): Promise<Figure[]> {
  return [...growthFigures(await rounds()), ...(await progressTimes())];
}

async function rounds(): Promise<Round[]> {
  const done: Round[] = [];
  await using opened = new AsyncDisposableStack();
  const contents = [
    ...ROWS.map((rows) => ({ images: 20, rows })),
    ...IMAGES.map((images) => ({ images, rows: 10_000 })),
  ];
  const servers = (await Promise.all(contents.map(startS3))).map((server) => opened.use(server));
  const [labels, sets] = [servers.slice(0, ROWS.length), servers.slice(ROWS.length)];
  const largest = sets.at(-1);
  if (largest === undefined) throw new Error("there is no set");
  for (const set of sets) await set.setLatency({ putTime: PUT_TIME, readTime: READ_TIME });
  for (let round = 0; round < ROUNDS; round += 1) {
    done.push({
      presses: await pressCosts(labels, PRESSES),
      rounds: await measuredByTurns(sets, round, roundCost),
      first: await firstRound(largest),
    });
  }
  return done;
}
