import { measureInterleaved } from "../harness/interleave.ts";
import { ROWS_PER_PART } from "../samples/stored-content.ts";
import { pressCosts, roundCost, WARM_UP_PRESSES } from "./costs.ts";
import { growthFigures, type Round } from "./figures.ts";
import { firstRound } from "./first-round.ts";
import { progressTimes } from "./progress.ts";
import { projectCosts } from "./projects.ts";
import { voteCosts } from "./votes.ts";
import type { Figure } from "../harness/figures.ts";
import { startS3 } from "../servers/s3.ts";
import { PUT_LATENCY_MS, READ_LATENCY_MS } from "../servers/simulated-s3-store.ts";

const ROUNDS = 3;

/**
 * About 10⁴ and 10⁶ rows, in full parts, so that presses find parts of the same length. Both with few images, because an S3 server with
 * a million keys is slower for its own reasons.
 */
const ROWS = [10_000, 1_000_000].map((rows) => Math.ceil(rows / ROWS_PER_PART) * ROWS_PER_PART);
/** Presses per round; all rounds together fill half of a part. */
const PRESSES = Math.floor(ROWS_PER_PART / 2 / ROUNDS) - WARM_UP_PRESSES;
const IMAGES = [20, 10_000, 1_000_000] as const;

/**
 * Measures the cost of a press at 10⁴ and 10⁶ rows, and of a round at 20, 10⁴ and 10⁶ images, interleaved. Presses run on an S3 server
 * without latency, which shows differences best; rounds run with the latency of S3.
 */
export async function growth(): Promise<Figure[]> {
  return [
    ...growthFigures(await measureRounds()),
    ...(await progressTimes()),
    ...(await projectCosts({ meanwhile: voteCosts })),
  ];
}

async function measureRounds(): Promise<Round[]> {
  const measured: Round[] = [];
  await using disposables = new AsyncDisposableStack();
  const contents = [
    ...ROWS.map((rows) => ({ images: 20, rows })),
    ...IMAGES.map((images) => ({ images, rows: 10_000 })),
  ];
  const servers = (await Promise.all(contents.map(startS3))).map((server) => disposables.use(server));
  const [labels, sets] = [servers.slice(0, ROWS.length), servers.slice(ROWS.length)];
  const largest = sets.at(-1);
  if (largest === undefined) throw new Error("there is no image set");
  for (const set of sets) await set.setLatency({ putMs: PUT_LATENCY_MS, readMs: READ_LATENCY_MS });
  for (let round = 0; round < ROUNDS; round += 1) {
    measured.push({
      presses: await pressCosts(labels, PRESSES),
      rounds: await measureInterleaved(sets, round, roundCost),
      first: await firstRound(largest),
    });
  }
  return measured;
}
