import pLimit from "p-limit";
import { addImage, type ImportContext, type Outcome } from "./add-image.ts";
import type { Source } from "./source.ts";

/** Images read, checked or written; fewer of them are decoded. */
const AT_A_TIME = 8;

interface Options extends ImportContext {
  /** Begins no more of them once it is aborted. */
  signal: AbortSignal;
  /** Told of each as soon as it is done. */
  done: (name: string, outcome: Outcome) => void;
}

/**
 * Adds images, several at a time. Whatever ends it early, those under way are finished first.
 * @throws Error of the store, when it fails
 */
export async function addImages(
  sources: readonly Source[],
  { signal, done, ...context }: Options,
): Promise<void> {
  const limit = pLimit(AT_A_TIME);
  const failed: unknown[] = [];
  await limit.map(sources, async (source) => {
    if (signal.aborted || failed.length > 0) return;
    try {
      done(source.name, await addImage(source, context));
    } catch (error) {
      failed.push(error);
    }
  });
  if (failed.length > 0) throw failed[0];
}
