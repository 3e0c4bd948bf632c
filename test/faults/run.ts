import { accountOf, type Item } from "./account.ts";
import { deploy } from "./deployment.ts";
import type { Engine } from "./engine.ts";
import { untilTrue, type Fault, type Place } from "./fault.ts";
import { startLoad, type Asked, type Load, type Phase } from "./load.ts";

export const BETWEEN_FAULTS = "between faults";
/** Commands and presses that are made during a fault, and between two, at the least. */
const LEAST_DURING = 20;
const LEAST_BETWEEN = 6;
/** Milliseconds: the last attempt at a job comes up to 85 s after the first. */
const SETTLED = { timeout: 180_000, interval: 100 };

export interface Run {
  engine: string;
  /** How often each fault has hit something, of those that happened. */
  hits: ReadonlyMap<string, number>;
  /** Why others did not happen, or did not come to an end. */
  broken: Error | undefined;
  /** All that was asked, and what became of it. */
  items: readonly Item[];
  /** Jobs that were neither done nor dead letters in the end. */
  unfinished: number;
  /** Processes that did not run in the end, with their last words. */
  ended: readonly string[];
}

/** One deployment under a steady load, in which faults happen one after the other; looks at everything once, in the end. */
export async function run(openEngine: () => Promise<Engine>, faults: readonly Fault[]): Promise<Run> {
  await using engine = await openEngine();
  await using deployment = await deploy(engine);
  const { discord, bucket, rounds } = deployment;
  const load = startLoad(discord, rounds, { phase: calm() });
  const hits = new Map<string, number>();
  let broken: Error | undefined;
  try {
    await untilWorking(load, LEAST_BETWEEN);
    for (const fault of faults) {
      const happened = undergo(fault, load, { ...deployment, earlierIsOver: () => earlierIsOver(load) });
      hits.set(fault.name, await happened.catch((error: unknown) => fail(fault, error)));
    }
  } catch (error) {
    broken = error as Error;
  } finally {
    await load.stop();
  }
  // What does not settle stands in the account.
  await untilTrue(() => isSettled(load, engine), "not settled", SETTLED).catch(() => {});
  return {
    engine: engine.name,
    hits,
    broken,
    items: accountOf(load.asked, {
      messages: discord.messages(),
      bucket,
      queue: { taken: await engine.taken(), deadLetters: await engine.deadLetters() },
    }),
    unfinished: await engine.unfinished(),
    ended: deployment.ended(),
  };
}

function calm(): Phase {
  return { name: BETWEEN_FAULTS, leavesThinking: false };
}

function fail({ name }: Fault, cause: unknown): never {
  throw new Error(`"${name}" came to no good end: ${String(cause)}`, { cause });
}

/** Lets it happen, and waits until all goes well again. */
async function undergo(
  { name, happen, leavesThinking = false }: Fault,
  load: Load,
  place: Place,
): Promise<number> {
  load.phase = { name, leavesThinking };
  const hits = await happen(place);
  load.phase = { name, leavesThinking: false };
  await untilWorking(load, LEAST_DURING);
  load.phase = calm();
  await untilWorking(load, LEAST_BETWEEN);
  return hits;
}

/** Waits until stats and a press of this phase are answered and at least `least` requests were made in phases of its name. */
async function untilWorking({ asked, phase }: Load, least: number): Promise<void> {
  const isAnswered = (kind: Asked["kind"]): boolean =>
    asked.some((one) => one.phase === phase && one.kind === kind && one.told === "answered");
  const isLongEnough = (): boolean =>
    asked.filter(({ phase: { name } }) => name === phase.name).length >= least;
  await untilTrue(
    () => isAnswered("stats") && isAnswered("press") && isLongEnough(),
    "nothing that is asked is answered",
  );
}

async function earlierIsOver(load: Load): Promise<void> {
  const { asked, phase } = load;
  const isOver = ({ told }: Asked): boolean => told !== undefined;
  await untilTrue(
    () => asked.every((one) => one.phase === phase || isOver(one)),
    "something that was asked earlier is not answered",
  );
  await untilWorking(load, 1);
}

async function isSettled({ asked }: Load, engine: Engine): Promise<boolean> {
  const isOver = ({ told, phase }: Asked): boolean => told !== undefined || phase.leavesThinking;
  return asked.every(isOver) && (await engine.unfinished()) === 0;
}
