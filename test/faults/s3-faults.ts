import { setTimeout as wait } from "node:timers/promises";
import { failure } from "../aws/s3-answers.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { waitForHit, type FaultTarget } from "./fault.ts";

const LOST_SHARE = 0.1;
const SEED = 2026;

/** Makes S3 fail in four ways, one after the other. @param milliseconds for all of them together */
export async function s3Outage({ s3 }: FaultTarget, milliseconds: number): Promise<number> {
  const counts: number[] = [];
  for (const fault of ["reset", failure(503, "SlowDown"), "hang", failure(500, "InternalError")] as const) {
    let hits = 0;
    s3.fault = () => {
      hits += 1;
      return fault;
    };
    await wait(milliseconds / 4);
    counts.push(await waitForHit(() => hits));
  }
  s3.fault = () => undefined;
  return Math.min(...counts);
}

/** Loses a tenth of the responses after the requests are processed. Resolves with the number of lost responses to writes. */
export async function loseS3Responses({ s3 }: FaultTarget, milliseconds: number): Promise<number> {
  const random = seeded(SEED);
  let writes = 0;
  s3.fault = ({ method }) => {
    if (random() >= LOST_SHARE) return undefined;
    writes += Number(method === "PUT");
    return "lose";
  };
  await wait(milliseconds);
  const count = await waitForHit(() => writes);
  s3.fault = () => undefined;
  return count;
}
