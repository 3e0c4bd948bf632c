import type { Log } from "../log.ts";
import type { Consumer, JobQueue } from "../queue/queue.ts";
import { imageSet } from "../store/image-set.ts";
import { labelFile } from "../store/label-file.ts";
import type { ObjectStore } from "../store/object-store.ts";
import type { Answers } from "./answers.ts";
import { pictureMaker } from "./picture.ts";
import { jobRunner } from "./run-job.ts";

interface WorkerOptions {
  queue: JobQueue;
  store: ObjectStore;
  answers: Answers;
  /** Key of the pseudonyms. */
  labelerSecret: string;
  /** Jobs at a time. */
  concurrency: number;
  log: Log;
}

/** Takes jobs from the queue until its consumer is stopped. */
export function startWorker({ queue, concurrency, ...parts }: WorkerOptions): Consumer {
  const { store, log } = parts;
  const runJob = jobRunner({
    ...parts,
    jobs: queue,
    images: imageSet(store),
    labels: labelFile(store, { log, now: Date.now, random: Math.random }),
    makePicture: pictureMaker(log),
  });
  const consumer = queue.consume(runJob, { concurrency });
  log.info({ concurrency }, "the worker takes jobs");
  return consumer;
}
