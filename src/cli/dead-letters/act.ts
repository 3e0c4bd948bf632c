import type { JobQueue } from "../../queue/queue.ts";
import type { Wanted } from "./arguments.ts";
import { describeLetter, lineOf } from "./describe.ts";

/** Of a process, or of a test. */
interface Output {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown };
}

/**
 * Does what the operator wants and tells what was done.
 * @returns whether all of it was
 */
export async function act({ action, ids, json }: Wanted, queue: JobQueue, output: Output): Promise<boolean> {
  switch (action) {
    case "list":
      return list(queue, json, output);
    case "retry": {
      const done = await queue.retryDeadLetters(ids.length === 0 ? undefined : ids);
      output.out.write(`${count(done.length)} sent anew.\n`);
      return nothingMissing(ids, done, output);
    }
    case "drop": {
      const done = await queue.dropDeadLetters(ids);
      output.out.write(`${count(done.length)} dropped.\n`);
      return nothingMissing(ids, done, output);
    }
  }
}

async function list(queue: JobQueue, json: boolean, { out }: Output): Promise<true> {
  const letters = (await queue.deadLetters()).map(describeLetter);
  for (const letter of letters) out.write(`${json ? JSON.stringify(letter) : lineOf(letter)}\n`);
  if (letters.length === 0 && !json) out.write("There are no dead letters.\n");
  return true;
}

function nothingMissing(ids: readonly string[], done: readonly string[], { err }: Output): boolean {
  const missing = ids.filter((id) => !done.includes(id));
  for (const id of missing)
    err.write(`There is no dead letter ${id}, or somebody else is at it; list shows those that there are.\n`);
  return missing.length === 0;
}

function count(letters: number): string {
  return letters === 1 ? "1 job was" : `${letters} jobs were`;
}
