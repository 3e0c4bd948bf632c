import { createLog } from "../src/platform/log.ts";
import { erasure } from "../src/project/erasure.ts";
import { imageSet } from "../src/project/image-set.ts";
import { labelFile } from "../src/project/label-file.ts";
import { hotdogKeys, pseudonymizer } from "../src/project/pseudonyms.ts";
import { postRound } from "../src/worker/jobs/hotdog.ts";
import { savePress } from "../src/worker/jobs/press.ts";
import { pictureMaker } from "../src/worker/picture.ts";
import { measuredByTurns } from "./by-turns.ts";
import { imageNumber } from "./content.ts";
import { pressJobs } from "./press-jobs.ts";
import { median } from "./report.ts";
import type { BenchS3 } from "./s3.ts";

/** Rounds of images that are posted. */
const HOTDOGS = 4;
/** Presses that are not measured. */
export const WARM_UP = 20;
/** Presses before it is the next one's turn. */
const TURN = 20;

const log = createLog({ level: "error" });

/** Milliseconds and bytes of bodies. */
export interface Cost {
  time: number;
  bytes: number;
}

/**
 * Of a press on each of these: so many, one after the other, each with its own PUT; on one and the other by turns, a few at a time,
 * so that slow seconds of the machine's meet all alike.
 */
export async function pressCosts(servers: readonly BenchS3[], count: number): Promise<Cost[]> {
  const pressers = servers.map(presser);
  for (const press of pressers) await press(WARM_UP);
  const before = await bytesTo(servers);
  let times = servers.map(() => 0);
  for (let pressed = 0; pressed < count; pressed += TURN) {
    const turn = await measuredByTurns(pressers, pressed / TURN, async (press) => {
      const started = performance.now();
      await press(Math.min(TURN, count - pressed));
      return performance.now() - started;
    });
    times = times.map((time, place) => time + (turn[place] ?? Number.NaN));
  }
  const after = await bytesTo(servers);
  return times.map((time, place) => ({
    time: time / count,
    bytes: ((after[place] ?? Number.NaN) - (before[place] ?? Number.NaN)) / count,
  }));
}

function presser({ store }: BenchS3): (count: number) => Promise<void> {
  const appending = { log, now: Date.now, random: Math.random };
  const context = {
    attempt: 1,
    answer: { give: async () => new Date(), isGiven: async () => false, fail: async () => {} },
    images: imageSet(store),
    labels: labelFile(store, appending),
    erasure: erasure(store, appending),
    pseudonymsOf: pseudonymizer(hotdogKeys("a secret of the bench")),
  };
  return async (count) => {
    for (const job of pressJobs(count, imageNumber(0))) await savePress(job, context);
  };
}

async function bytesTo(servers: readonly BenchS3[]): Promise<number[]> {
  const traffics = await Promise.all(servers.map((server) => server.traffic()));
  return traffics.map(({ bytes }) => bytes);
}

/** Of a round of 4 images. */
export async function roundCost({ store, traffic }: BenchS3): Promise<Cost> {
  let given = 0;
  const context = {
    answer: {
      give: async () => {
        given += 1;
        return new Date();
      },
      isGiven: async () => false,
      fail: async () => {},
    },
    answers: { tellPrivately: async () => {} },
    images: imageSet(store),
    needs: { of: async () => undefined },
    choose: "random" as const,
    pseudonymsOf: pseudonymizer(hotdogKeys("a secret of the bench")),
    makePicture: pictureMaker(log),
  };
  const times: number[] = [];
  let bytes = 0;
  for (const { interaction } of pressJobs(HOTDOGS + 1)) {
    const before = await traffic();
    const started = performance.now();
    await postRound({ kind: "hotdog", interaction, roundLocale: "en-US" }, context);
    times.push(performance.now() - started);
    bytes += (await traffic()).bytes - before.bytes;
  }
  if (given !== HOTDOGS + 1) throw new Error("not every round was posted");
  // The first warms up.
  return { time: median(times.slice(1)), bytes: bytes / times.length };
}
