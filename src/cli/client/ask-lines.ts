import type { Outcome } from "./asker.ts";
import { EXIT } from "./describe.ts";
import { ACCEPTED, readRequest, type StatsRequest } from "./read-request.ts";

/** Requests without an answer at a time; with more, the next line waits. */
const MOST_OUTSTANDING = 100;

interface Parts {
  ask: (request: StatsRequest) => Promise<Outcome>;
  describe: (outcome: Outcome) => { text: string; code: number };
  /** Take one line each, without its end. */
  out: (line: string) => void;
  err: (line: string) => void;
}

/**
 * Asks for what stands in each line, and tells each answer when it comes. Blank lines say nothing.
 * @returns the exit code of the worst that happened; that nothing was asked is a failure, as it tells nothing of a deployment
 */
export async function askLines(
  lines: AsyncIterable<string>,
  { ask, describe, out, err }: Parts,
): Promise<number> {
  const outstanding = new Set<Promise<void>>();
  let worst: number = EXIT.answered;
  let refused = false;
  let asked = false;
  let number = 0;

  function refuse(faults: string[]): void {
    err(`line ${number}: ${faults.join(" ")}`);
    if (!refused) err(ACCEPTED);
    refused = true;
    worst = Math.max(worst, EXIT.failed);
  }

  async function follow(read: StatsRequest): Promise<void> {
    const { text, code } = describe(await ask(read));
    (code === EXIT.answered ? out : err)(`${onOneLine(read.request)}: ${text}`);
    worst = Math.max(worst, code);
  }

  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    asked = true;
    const read = readRequest(line);
    if ("faults" in read) {
      refuse(read.faults);
      continue;
    }
    const followed = follow(read);
    outstanding.add(followed);
    void followed.then(() => outstanding.delete(followed));
    if (outstanding.size >= MOST_OUTSTANDING) await Promise.race(outstanding);
  }
  await Promise.all(outstanding);
  if (asked) return worst;
  err("Nothing was asked.");
  return EXIT.failed;
}

/** Besides numbers there is only white space in it, and what separates. */
function onOneLine(request: string): string {
  return request.trim().replace(/\s+/gu, " ");
}
