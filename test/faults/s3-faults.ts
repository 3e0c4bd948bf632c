import { setTimeout as wait } from "node:timers/promises";
import { failure } from "../aws/s3-answers.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { untilHit, type Place } from "./fault.ts";

const SHARE_LOST = 0.1;
const SEED = 2026;

/** In four ways, one after the other, for this many milliseconds in all. */
export async function outageOfS3({ s3 }: Place, milliseconds: number): Promise<number> {
  const counts: number[] = [];
  for (const trouble of ["reset", failure(503, "SlowDown"), "hang", failure(500, "InternalError")] as const) {
    let met = 0;
    s3.trouble = () => {
      met += 1;
      return trouble;
    };
    await wait(milliseconds / 4);
    counts.push(await untilHit(() => met));
  }
  s3.trouble = () => undefined;
  return Math.min(...counts);
}

/** A tenth of them, those of writes too. Resolves with how many of those. */
export async function loseAnswersOfS3({ s3 }: Place, milliseconds: number): Promise<number> {
  const random = seeded(SEED);
  let writes = 0;
  s3.trouble = ({ method }) => {
    if (random() >= SHARE_LOST) return undefined;
    writes += Number(method === "PUT");
    return "lose";
  };
  await wait(milliseconds);
  const count = await untilHit(() => writes);
  s3.trouble = () => undefined;
  return count;
}
