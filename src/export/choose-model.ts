import { Worker } from "node:worker_threads";
import { chooseModelSliced, type ChosenModel, type OnProgress } from "../labeling/choose-model.ts";
import type { PackedVotes } from "../labeling/packed-votes.ts";
import { runInSlices } from "../platform/run-in-slices.ts";

/** From this many votes on, a thread is worth its start. */
const MIN_THREAD_VOTES = 3_000;

/** What the thread says. */
export type ModelMessage = { share: number } | { model: ChosenModel };

/**
 * Chooses the model of an export, without delaying other work: many votes in a thread of their own, because this takes seconds.
 * @param onProgress may throw to stop
 * @throws Error if the thread fails, or what `onProgress` throws
 */
export async function chooseModel(packed: PackedVotes, onProgress: OnProgress): Promise<ChosenModel> {
  if (packed.votes.length < MIN_THREAD_VOTES) return runInSlices(chooseModelSliced(packed, onProgress));
  const thread = new Worker(new URL("./model-thread/main.ts", import.meta.url), {
    workerData: packed,
    execArgv: [],
  });
  try {
    return await new Promise<ChosenModel>((resolve, reject) => {
      thread.on("message", (message: ModelMessage) => {
        if ("model" in message) resolve(message.model);
        else reportOr(reject, () => onProgress(message.share));
      });
      thread.once("error", reject);
      thread.once("exit", (code) => reject(new Error(`the thread that chooses a model exited with ${code}`)));
    });
  } finally {
    await thread.terminate();
  }
}

function reportOr(reject: (reason: unknown) => void, report: () => void): void {
  try {
    report();
  } catch (error) {
    reject(error);
  }
}
