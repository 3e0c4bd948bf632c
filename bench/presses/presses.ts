import type { ObjectStore } from "../../src/object-store/object-store.ts";
import type { Figure } from "../harness/figures.ts";
import { startS3, type BenchS3 } from "../servers/s3.ts";
import { PUT_LATENCY_MS, READ_LATENCY_MS, simulatedS3Store } from "../servers/simulated-s3-store.ts";
import { appendOneByOne, appendUnconditionally } from "./alternatives.ts";
import { pressesFigures, type Round } from "./figures.ts";
import { merge, runAlternative, runWorkers, type Load, type Outcome } from "./load.ts";

const ROUNDS = 3;
const BURST: Load = { count: 2_000 };
const S3_BURST: Load = { count: 1_200 };
/** The warm-up is half a second, after which the writers take turns. */
const STEADY: Load = { count: 400, rate: 200, warmUp: 100 };
/** With several writers, contention is random: a second and a half would be too noisy. */
const LONG_STEADY: Load = { ...STEADY, count: 1_000 };
const S3_STEADY: Load = { ...STEADY, count: 500 };
/** Eight writers need more time until all of them are in the ring. */
const CROWDED_STEADY: Load = { ...STEADY, count: 700, warmUp: 300 };
/** 1 s until one worker is killed, and 1.5 s after. */
const KILLED: Load = { count: 500, rate: 200, warmUp: 200, kill: true };
const PARALLEL_STORES = 5;

/**
 * Measures presses from the queue to the label file on a store with S3's latency, in a burst and at 200 per second, with one worker,
 * with four and with eight, and after one of four was killed. Compares them with one conditional PUT per press, and with an unconditional read-modify-write.
 */
export async function presses(): Promise<Figure[]> {
  const rounds: Round[] = [];
  await using s3 = await startS3({ images: 0, rows: 0 });
  await s3.setLatency({ putMs: PUT_LATENCY_MS, readMs: READ_LATENCY_MS });
  // Warms up the compiler.
  await inMemory(1, BURST);
  while (rounds.length < ROUNDS) rounds.push(await measureRound(s3, rounds.length));
  return pressesFigures(rounds);
}

async function measureRound(s3: BenchS3, round: number): Promise<Round> {
  const burst: Round["burst"] = [await inMemory(1, BURST), await inMemory(4, BURST)];
  // These mostly wait: together they take less of the processor than five stores with four workers each.
  const [one, eight, oneByOne, unconditional] = await Promise.all([
    inMemory(1, STEADY),
    inMemory(8, CROWDED_STEADY),
    // These take next to no time of the processor.
    runAlternative(appendOneByOne, 1),
    runAlternative(appendUnconditionally, 4),
  ]);
  const four = await inParallel(() => inMemory(4, LONG_STEADY));
  const killed = await inParallel(() => inMemory(4, KILLED));
  const s3Burst = await onS3(s3, `burst-${round}`, 4, S3_BURST);
  const s3Steady = await onS3(s3, `steady-${round}`, 4, S3_STEADY);
  return {
    burst,
    steady: { one, four, eight },
    killed,
    s3: { burst: s3Burst, steady: s3Steady },
    oneByOne,
    unconditional,
  };
}

const inMemory = (workers: number, load: Load): Promise<Outcome> =>
  runWorkers(Array<ObjectStore>(workers).fill(simulatedS3Store()), load);

/** Repeats a run on several stores in parallel, because a single run is too noisy. */
async function inParallel(run: () => Promise<Outcome>): Promise<Outcome> {
  return merge(await Promise.all(Array.from({ length: PARALLEL_STORES }, run)));
}

/** @param prefix must be new for each run */
async function onS3(s3: BenchS3, prefix: string, workers: number, load: Load): Promise<Outcome> {
  const stores = await Promise.all(Array.from({ length: workers }, () => s3.openStore(prefix)));
  try {
    return await runWorkers(stores, load);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}
