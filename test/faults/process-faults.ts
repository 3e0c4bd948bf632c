import type { FaultTarget } from "./fault.ts";
import { WORKERS } from "./deployment.ts";

const [ONE, TWO] = WORKERS;
/** Number of `/stats` that the worker answers before it is killed: those of two intervals of the load. */
const MIN_STATS = 6;

const isLabels = (key: string): boolean => /(?:^|\/)labels\//.test(key);
const isLog = (key: string): boolean => key.startsWith("logs/");

/** Kills the bot. Requests in progress are lost, so all earlier requests must be done first. */
export async function killBot(place: FaultTarget): Promise<number> {
  await place.earlierRequestsDone();
  const { child, exited } = place.bot();
  child.kill("SIGKILL");
  const end = await exited;
  await place.startAll();
  return Number(end === "SIGKILL");
}

/** Kills a worker between writing a row and confirming it. It is not restarted, and the other worker goes on alone. */
export async function killAfterRow(place: FaultTarget): Promise<number> {
  const { child, exited } = place.worker(ONE);
  place.s3.onWritten = (key, name) => void (name === ONE && isLabels(key) && child.kill("SIGKILL"));
  const end = await exited;
  place.s3.onWritten = () => {};
  return Number(end === "SIGKILL");
}

/**
 * Kills the remaining worker while it is writing a row and after it has answered other jobs meanwhile, so that a confirmation sent too
 * early would be noticed. For a while no worker is running.
 */
export async function killBeforeRow(place: FaultTarget): Promise<number> {
  const { child, exited } = place.worker(TWO);
  let answeredSince: number | undefined;
  place.s3.fault = ({ method, key }, name) => {
    if (name !== TWO || method !== "PUT") return undefined;
    if (isLog(key) && answeredSince !== undefined) answeredSince += 1;
    if ((answeredSince ?? 0) >= MIN_STATS) child.kill("SIGKILL");
    if (!isLabels(key)) return undefined;
    answeredSince ??= 0;
    return "hang";
  };
  const end = await exited;
  place.s3.fault = () => undefined;
  await place.startAll();
  return Number(end === "SIGKILL");
}
