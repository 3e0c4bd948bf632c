import { z } from "zod";
import { imageSet } from "../../src/project/image-set.ts";
import { startChild } from "../harness/child.ts";
import { storedPressIds } from "../servers/stored.ts";
import { worstFigure, type Figure } from "../harness/figures.ts";
import { startS3 } from "../servers/s3.ts";
import { PUT_LATENCY_MS, READ_LATENCY_MS } from "../servers/simulated-s3-store.ts";

const ROUNDS = 2;
/** Milliseconds of three calls in one process. */
const callTimes = z.object({ first: z.number(), again: z.number(), relisted: z.number() });

/** Measures `/progress` at 100,000 rows in 78 parts and 20,000 images on S3, from taking the job to the answer with its chart. */
export async function progressTimes(): Promise<Figure[]> {
  await using s3 = await startS3({ images: 20_000, rows: 100_000 });
  // Warms up the server, which is not what is measured.
  await storedPressIds(s3.store);
  await imageSet(s3.store).all();
  await s3.setLatency({ putMs: PUT_LATENCY_MS, readMs: READ_LATENCY_MS });
  const rounds: z.infer<typeof callTimes>[] = [];
  while (rounds.length < ROUNDS) {
    await using worker = startChild(new URL("./progress-process.ts", import.meta.url), {
      preload: new URL("../../src/platform/compile-cache.ts", import.meta.url),
      settings: s3.settings,
      args: [s3.bucket],
    });
    rounds.push(callTimes.parse(await worker.ask({})));
  }
  const timesOf = (call: keyof (typeof rounds)[number]): number[] => rounds.map((round) => round[call]);
  return [
    worstFigure("/progress at 100,000 rows, first call", timesOf("first"), "ms", 2_000),
    worstFigure("/progress at 100,000 rows, after one more press", timesOf("again"), "ms", 2_000),
    worstFigure("/progress at 100,000 rows, with a new image list", timesOf("relisted"), "ms", 2_000),
  ];
}
