import type { Place } from "./fault.ts";
import { WORKERS } from "./deployment.ts";

const [ONE, TWO] = WORKERS;
/** Stats that a worker answers meanwhile: those of two intervals of the load. */
const STATS = 6;

const isLabels = (key: string): boolean => key.startsWith("labels/");
const isLog = (key: string): boolean => key.startsWith("logs/");

/** What is under way in it is lost, so everything that was asked before is to be over. */
export async function killBot(place: Place): Promise<number> {
  await place.earlierIsOver();
  const { child, exited } = place.bot();
  child.kill("SIGKILL");
  const end = await exited;
  await place.startAll();
  return Number(end === "SIGKILL");
}

/** Between a row and the word that it is there. It stays away, and the other goes on alone. */
export async function killAfterRow(place: Place): Promise<number> {
  const { child, exited } = place.worker(ONE);
  place.s3.whenWritten = (key, name) => void (name === ONE && isLabels(key) && child.kill("SIGKILL"));
  const end = await exited;
  place.s3.whenWritten = () => {};
  return Number(end === "SIGKILL");
}

/**
 * Kills the worker while its row is being written, after it has answered others, so a confirmation sent too early would show. For
 * a while no worker runs.
 */
export async function killBeforeRow(place: Place): Promise<number> {
  const { child, exited } = place.worker(TWO);
  let answeredSince: number | undefined;
  place.s3.trouble = ({ method, key }, name) => {
    if (name !== TWO || method !== "PUT") return undefined;
    if (isLog(key) && answeredSince !== undefined) answeredSince += 1;
    if ((answeredSince ?? 0) >= STATS) child.kill("SIGKILL");
    if (!isLabels(key)) return undefined;
    answeredSince ??= 0;
    return "hang";
  };
  const end = await exited;
  place.s3.trouble = () => undefined;
  await place.startAll();
  return Number(end === "SIGKILL");
}
