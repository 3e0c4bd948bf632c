import { z } from "zod";
import { imageSet } from "../src/project/image-set.ts";
import { startChild } from "./child.ts";
import { labelIds } from "./kept.ts";
import { worstOf, type Figure } from "./report.ts";
import { startS3 } from "./s3.ts";
import { PUT_TIME, READ_TIME } from "./slow-store.ts";

const ROUNDS = 2;
const times = z.object({ first: z.number(), again: z.number(), later: z.number() });

/** `/progress` at 100,000 rows in 78 parts and 20,000 images on S3: from taking its job to giving its answer, picture and all. */
export async function progressTimes(): Promise<Figure[]> {
  await using s3 = await startS3({ images: 20_000, rows: 100_000 });
  // Until the compiler has seen all of the server: it is not what is measured.
  await labelIds(s3.store);
  await imageSet(s3.store).all();
  await s3.setLatency({ putTime: PUT_TIME, readTime: READ_TIME });
  const rounds: z.infer<typeof times>[] = [];
  while (rounds.length < ROUNDS) {
    await using worker = startChild("progress-process.ts", {
      preload: "../src/platform/compile-cache.ts",
      settings: s3.settings,
      args: [s3.bucket],
    });
    rounds.push(times.parse(await worker.ask({})));
  }
  const of = (which: keyof (typeof rounds)[number]): number[] => rounds.map((round) => round[which]);
  return [
    worstOf("progress at 100,000 rows, first", of("first"), "ms", 2_000),
    worstOf("progress at 100,000 rows, again after one more press", of("again"), "ms", 2_000),
    worstOf("progress at 100,000 rows, and with a new list of the images", of("later"), "ms", 2_000),
  ];
}
