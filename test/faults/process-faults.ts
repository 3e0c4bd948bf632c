import type { Place } from "./fault.ts";
import { WORKERS } from "./deployment.ts";

const [ONE, TWO] = WORKERS;
/** Milliseconds in which a worker can answer. */
const ANSWER_TIME = 300;

const isLabels = (key: string): boolean => key.startsWith("labels/");

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

/** On the way to the row, late enough for a word that came too early. For a while there is no worker at all. */
export async function killBeforeRow(place: Place): Promise<number> {
  const { child, exited } = place.worker(TWO);
  place.s3.trouble = ({ method, key }, name) => {
    if (name !== TWO || method !== "PUT" || !isLabels(key)) return undefined;
    setTimeout(() => child.kill("SIGKILL"), ANSWER_TIME);
    return "hang";
  };
  const end = await exited;
  place.s3.trouble = () => undefined;
  await place.startAll();
  return Number(end === "SIGKILL");
}
