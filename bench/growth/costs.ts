import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { createLog } from "../../src/platform/log.ts";
import { erasure } from "../../src/project/erasure.ts";
import { hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { labelFile } from "../../src/project/label-file.ts";
import { savePress } from "../../src/worker/jobs/press.ts";
import { postHotdogRound } from "../../src/worker/jobs/round.ts";
import { pictureMakers } from "../../src/worker/picture.ts";
import { measureInterleaved } from "../harness/interleave.ts";
import { imageNameOf } from "../samples/stored-content.ts";
import { makePressJobs } from "../samples/press-jobs.ts";
import { median } from "../harness/figures.ts";
import type { BenchS3 } from "../servers/s3.ts";

/** Number of measured rounds of images. */
const IMAGE_ROUNDS = 4;
/** Presses that are not measured. */
export const WARM_UP_PRESSES = 20;
/** Presses on one server before it is the next server's turn. */
const PRESSES_PER_TURN = 20;

const log = createLog({ level: "error" });

export interface Cost {
  /** Milliseconds. */
  time: number;
  /** Bytes of request and response bodies. */
  bytes: number;
}

/**
 * Measures the average cost of a press on each server: one press after the other, each with its own PUT. The servers take turns of a
 * few presses, so that a slow moment of the machine affects all of them.
 */
export async function pressCosts(servers: readonly BenchS3[], count: number): Promise<Cost[]> {
  const pressers = servers.map(presser);
  for (const press of pressers) await press(WARM_UP_PRESSES);
  const before = await bytesTo(servers);
  let times = servers.map(() => 0);
  for (let pressed = 0; pressed < count; pressed += PRESSES_PER_TURN) {
    const turn = await measureInterleaved(pressers, pressed / PRESSES_PER_TURN, async (press) => {
      const started = performance.now();
      await press(Math.min(PRESSES_PER_TURN, count - pressed));
      return performance.now() - started;
    });
    times = times.map((time, index) => time + (turn[index] ?? Number.NaN));
  }
  const after = await bytesTo(servers);
  return times.map((time, index) => ({
    time: time / count,
    bytes: ((after[index] ?? Number.NaN) - (before[index] ?? Number.NaN)) / count,
  }));
}

function presser({ store }: BenchS3): (count: number) => Promise<void> {
  const appending = { log, now: Date.now, random: Math.random };
  const hotdogs = {
    question: HOTDOG_QUESTION,
    images: imageSet(store),
    labels: labelFile(store, appending),
    erasure: erasure(store, appending),
    pseudonymsOf: pseudonymizer(hotdogKeys("the secret of the benchmarks")),
  };
  const answer = { give: async () => new Date() };
  return async (count) => {
    for (const job of makePressJobs(count, imageNameOf(0))) await savePress(job, hotdogs, { answer });
  };
}

async function bytesTo(servers: readonly BenchS3[]): Promise<number[]> {
  const traffics = await Promise.all(servers.map((server) => server.traffic()));
  return traffics.map(({ bytes }) => bytes);
}

/** Measures the cost of a round of 4 images. */
export async function roundCost({ store, traffic }: BenchS3): Promise<Cost> {
  let posted = 0;
  const hotdogs = {
    id: null,
    question: HOTDOG_QUESTION,
    images: imageSet(store),
    labelPriority: { statusesFor: async () => undefined },
    pseudonymsOf: pseudonymizer(hotdogKeys("the secret of the benchmarks")),
  };
  const context = {
    answer: {
      give: async () => {
        posted += 1;
        return new Date();
      },
    },
    answers: { tellPrivately: async () => {} },
    defaultOrder: "random" as const,
    log,
    ...pictureMakers({ log }),
  };
  const times: number[] = [];
  let bytes = 0;
  for (const { interaction } of makePressJobs(IMAGE_ROUNDS + 1)) {
    const before = await traffic();
    const started = performance.now();
    await postHotdogRound({ kind: "hotdog", interaction, roundLocale: "en-US" }, hotdogs, context);
    times.push(performance.now() - started);
    bytes += (await traffic()).bytes - before.bytes;
  }
  if (posted !== IMAGE_ROUNDS + 1) throw new Error("some rounds were not posted");
  // The first round is a warm-up.
  return { time: median(times.slice(1)), bytes: bytes / times.length };
}
