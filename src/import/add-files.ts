import pLimit from "p-limit";
import { addFile, type ImportContext, type Outcome } from "./add-file.ts";

/** Files read, checked or written; fewer of them are decoded. */
const AT_A_TIME = 8;

interface Options extends ImportContext {
  /** Begins no more files once it is aborted. */
  signal: AbortSignal;
  /** Told of each file as soon as it is done. */
  done: (path: string, outcome: Outcome) => void;
}

/**
 * Adds files, several at a time. Whatever ends it early, those under way are finished first.
 * @throws Error of the store, when it fails
 */
export async function addFiles(
  paths: readonly string[],
  { signal, done, ...context }: Options,
): Promise<void> {
  const limit = pLimit(AT_A_TIME);
  const failed: unknown[] = [];
  await limit.map(paths, async (path) => {
    if (signal.aborted || failed.length > 0) return;
    try {
      done(path, await addFile(path, context));
    } catch (error) {
      failed.push(error);
    }
  });
  if (failed.length > 0) throw failed[0];
}
