import type { ObjectStore } from "../src/object-store/object-store.ts";
import { pressesFigures, type Round } from "./presses-figures.ts";
import { otherwise, throughWorkers, together, type Load, type Outcome } from "./presses-load.ts";
import { appendOneByOne, readAppendWrite } from "./presses-otherwise.ts";
import type { Figure } from "./report.ts";
import { startS3, type BenchS3 } from "./s3.ts";
import { PUT_TIME, READ_TIME, slowStore } from "./slow-store.ts";

const ROUNDS = 3;
const burst: Load = { count: 2_000 };
const burstOnS3: Load = { count: 1_200 };
/** The writers have found their turns when the first half second is over. */
const steady: Load = { count: 400, rate: 200, warmUp: 100 };
/** How often writers get in each other's way is a matter of chance, of which four of them show little in a second and a half. */
const longSteady: Load = { ...steady, count: 1_000 };
const SITES = 5;

/**
 * Presses through the queue to the label file of each worker, on a store with S3's latency: as many as go, and 200 a
 * second; against one conditional PUT a press, and against reading, appending and writing without a condition.
 */
export async function presses(): Promise<Figure[]> {
  const rounds: Round[] = [];
  await using s3 = await startS3({ images: 0, rows: 0 });
  await s3.setLatency({ putTime: PUT_TIME, readTime: READ_TIME });
  // Until the compiler has seen it.
  await inMemory(1, burst);
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      burst: [await inMemory(1, burst), await inMemory(4, burst)],
      steady: [await inMemory(1, steady), await atSites(() => inMemory(4, longSteady))],
      s3: {
        burst: await onS3(s3, `burst-${round}`, 4, burstOnS3),
        steady: await onS3(s3, `steady-${round}`, 4, longSteady),
      },
      oneByOne: await otherwise(appendOneByOne, 1),
      unconditional: await otherwise(readAppendWrite, 4),
    });
  }
  return pressesFigures(rounds);
}

const inMemory = (workers: number, load: Load): Promise<Outcome> =>
  throughWorkers(Array<ObjectStore>(workers).fill(slowStore()), load);

/** At several sites at once, each with a store of its own: they share only this thread. */
async function atSites(run: () => Promise<Outcome>): Promise<Outcome> {
  return together(await Promise.all(Array.from({ length: SITES }, run)));
}

/** @param prefix of nobody else */
async function onS3(s3: BenchS3, prefix: string, workers: number, load: Load): Promise<Outcome> {
  const stores = await Promise.all(Array.from({ length: workers }, () => s3.openStore(prefix)));
  try {
    return await throughWorkers(stores, load);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}
