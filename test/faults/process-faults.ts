import type { FaultTarget } from "./fault.ts";

/** Number of `/stats` that the workers answer before they are killed: those of two intervals of the load. */
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

/** Kills the first worker between writing a row and confirming it. It is not restarted, and the others go on without it. */
export async function killAfterRow(place: FaultTarget): Promise<number> {
  const [first] = place.workers;
  if (first === undefined) throw new Error("there is no worker");
  const { child, exited } = place.worker(first);
  place.s3.onWritten = (key, name) => void (name === first && isLabels(key) && child.kill("SIGKILL"));
  const end = await exited;
  place.s3.onWritten = () => {};
  return Number(end === "SIGKILL");
}

/**
 * Kills each remaining worker while it is writing a row, and all together after they have answered other jobs meanwhile, so that a
 * confirmation sent too early would be noticed. For a while no worker is running. Resolves with the number of killed workers.
 */
export async function killBeforeRow(place: FaultTarget): Promise<number> {
  const remaining: ReadonlySet<string> = new Set(place.workers.slice(1));
  const killed = place.workers.slice(1).map((name) => place.worker(name));
  const writing = new Set<string>();
  let answeredSince = 0;
  place.s3.fault = ({ method, key }, name) => {
    if (!remaining.has(name) || method !== "PUT") return undefined;
    if (isLog(key)) answeredSince += Number(writing.size > 0);
    if (isLabels(key)) writing.add(name);
    if (writing.size === remaining.size && answeredSince >= MIN_STATS)
      for (const { child } of killed) child.kill("SIGKILL");
    return isLabels(key) ? "hang" : undefined;
  };
  const ends = await Promise.all(killed.map(({ exited }) => exited));
  place.s3.fault = () => undefined;
  await place.startAll();
  return ends.filter((end) => end === "SIGKILL").length;
}
