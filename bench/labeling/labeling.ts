import { z } from "zod";
import { countCores } from "../harness/cpu-usage.ts";
import type { Figure } from "../harness/figures.ts";
import { measureInterleaved } from "../harness/interleave.ts";
import { storedPressIds } from "../servers/stored.ts";
import { labelingFigures, type Round, type Session } from "./figures.ts";
import { startSystem, type System } from "./system.ts";

/** Number of images that one person labels with `/label` in each round. The first shows how many actions 100 images take. */
const IMAGES = [100, 60, 60];
/** The limit is measured before every second press of the one person, who without these pauses could exceed 10 presses per second. */
const PRESSES_PER_LIMIT = 2;

/** How much people do. */
interface Load {
  /** Number of images that one person labels with `/label`. */
  images: number;
  /** Rounds of `/hotdog`, shared by people because each may send 10 per minute. */
  hotdog: { rounds: number; people: number };
  /** People who label at the same time. Times are in milliseconds. */
  crowd: { people: number; lookMs: number; warmUpMs: number; measuredMs: number };
}

const LOAD: Omit<Load, "images"> = {
  hotdog: { rounds: 9, people: 3 },
  crowd: { people: 100, lookMs: 2_000, warmUpMs: 2_200, measuredMs: 3_000 },
};

/** Enough to compile everything. */
const WARM_UP: Load = {
  images: 10,
  hotdog: { rounds: 3, people: 3 },
  crowd: { people: 50, lookMs: 1_000, warmUpMs: 0, measuredMs: 2_000 },
};

const started = z.object({ number: z.int(), time: z.number() });
const times = z.array(z.number());
const deeds = z.object({ actions: z.number(), images: z.number(), messages: z.number() });
const rounds = z.object({
  rounds: z.array(z.object({ shown: z.number(), confirmed: times })),
  deeds: z.array(deeds),
});

/**
 * Measures labeling through the bot, the queue (BullMQ) and one worker, from the press in the local Discord until the person's message
 * shows the next image: with one person who answers at once, and with 100 people who look at each image for 2 seconds. The set has
 * 2,000 images of 640 × 480 on an S3 server whose PUT takes 60 ms.
 *
 * Beside it three people label 36 images in rounds of `/hotdog`, which is compared per image. The limit, one PUT and one
 * edit with a picture, is measured between the presses of the one person, so that a slow moment of the machine affects both.
 */
export async function labeling(): Promise<Figure[]> {
  await using disposables = new AsyncDisposableStack();
  const system = await startSystem(disposables);
  await measureRound(system, WARM_UP, 0);
  const measured: Round[] = [];
  for (const [round, images] of IMAGES.entries())
    measured.push(await measureRound(system, { ...LOAD, images }, round));
  await verify(system);
  return labelingFigures(measured);
}

/** Checks that all answers are in the label file, each once. */
async function verify({ people, s3 }: System): Promise<void> {
  const answers = z.number().parse(await people.ask({ countAnswers: true }));
  const ids = await storedPressIds(s3.store);
  const distinct = new Set(ids).size;
  if (ids.length !== answers || distinct !== answers)
    throw new Error(`${answers} answers, but ${ids.length} rows with ${distinct} ids`);
}

async function measureRound(system: System, load: Load, round: number): Promise<Round> {
  const limit: number[] = [];
  const measureLimit = async (): Promise<void> => void limit.push(await system.timeLimit());
  const ways = [
    () => labelAlone(system, load.images, measureLimit),
    () => labelInRounds(system, load.hotdog),
  ];
  const [alone, hotdog] = await measureInterleaved(ways, round, (measure) => measure());
  if (alone === undefined || hotdog === undefined) throw new Error("nothing was measured");
  return { alone, hotdog, limit, crowd: await labelAsCrowd(system, load.crowd) };
}

/** @param between called before every second answer */
async function labelAlone(
  { people, workerCpu }: System,
  images: number,
  between: () => Promise<void>,
): Promise<Session> {
  const before = await workerCpu();
  const { number, time } = started.parse(await people.ask({ start: true }));
  const confirmed: number[] = [];
  while (confirmed.length < images) {
    if (confirmed.length % PRESSES_PER_LIMIT === 0) await between();
    confirmed.push(z.number().parse(await people.ask({ answerAs: number })));
  }
  const done = deeds.parse(await people.ask({ deedsOf: number }));
  return { shown: [time], confirmed, ...done, cpu: ((await workerCpu()) - before) / done.images };
}

async function labelInRounds({ people, workerCpu }: System, load: Load["hotdog"]): Promise<Session> {
  const before = await workerCpu();
  const done = rounds.parse(await people.ask(load));
  const sum = (pick: (deeds: (typeof done.deeds)[number]) => number): number =>
    done.deeds.reduce((total, person) => total + pick(person), 0);
  const images = sum((person) => person.images);
  return {
    shown: done.rounds.map(({ shown }) => shown),
    confirmed: done.rounds.flatMap(({ confirmed }) => confirmed),
    images,
    actions: sum(({ actions }) => actions),
    messages: sum(({ messages }) => messages),
    cpu: ((await workerCpu()) - before) / images,
  };
}

async function labelAsCrowd(
  { people, s3, processes, workerCpu, pictures }: System,
  load: Load["crowd"],
): Promise<Round["crowd"]> {
  const rows = await storedPressIds(s3.store);
  const [cpu, { cache, store }] = [await workerCpu(), await pictures()];
  const cores = await countCores(processes);
  const result = times.parse(await people.ask(load));
  const coresInUse = await cores();
  const [cpuAfter, after] = [await workerCpu(), await pictures()];
  const images = (await storedPressIds(s3.store)).length - rows.length;
  const hits = after.cache - cache;
  return {
    times: result,
    perSecond: (1_000 * result.length) / load.measuredMs,
    hitRate: hits / (hits + after.store - store),
    cpu: (cpuAfter - cpu) / images,
    cores: coresInUse,
  };
}
