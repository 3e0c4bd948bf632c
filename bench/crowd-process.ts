/** Local Discords in a process of their own, as many as are asked for, each with a bot of its own and a crowd of people. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startLocalDiscord } from "../local-discord/src/start.ts";
import { commands } from "../src/commands/index.ts";
import { registerCommands } from "../src/bot/register-commands.ts";
import { answerParent } from "./child.ts";
import { crowd } from "./crowd.ts";
import { collectGarbage, cpuTimeOf } from "./used.ts";

/** Milliseconds for what is still to come when all is sent. */
const PATIENCE = 60_000;
/** Milliseconds for reading a callback that has come. */
const READING = 1_000;
/** Milliseconds between looks. */
const GLANCE = 5;

const request = z.union([
  /** Opens one more; the answer is where a bot finds it. */
  z.object({ open: z.literal(true) }),
  /**
   * So many things that people do in each of these, at this rate a second whether earlier ones are acknowledged or not. Where
   * there are several, they get theirs by turns; each has an answer of its own.
   */
  z.object({ discords: z.array(z.int()), count: z.int(), rate: z.number() }),
  /** So many, with so many at a time that are not answered yet. */
  z.object({ discord: z.int(), count: z.int(), atATime: z.int() }),
]);

const opened: Awaited<ReturnType<typeof open>>[] = [];

async function open() {
  /** When each interaction's callback arrived. */
  const received = new Map<string, number>();
  const discord = await startLocalDiscord({
    port: 0,
    rateLimits: false,
    onRequest({ path }) {
      const [, id] = /^\/api\/v10\/interactions\/(\d+)\/[^/]+\/callback/.exec(path) ?? [];
      if (id !== undefined && !received.has(id)) received.set(id, performance.now());
    },
  });
  const { api, botToken: token } = discord;
  await registerCommands({ token, api, commands });
  let connected = false;
  /** Of what was said long ago nothing is kept. */
  const isConnected = (): boolean =>
    (connected ||= discord.traffic().some(({ title }) => title === "GUILD_CREATE"));
  return { discord, received, isConnected, act: await crowd(discord) };
}

function find(number: number): (typeof opened)[number] {
  const found = opened[number];
  if (found === undefined) throw new Error(`there is no local Discord ${number}`);
  return found;
}

async function atRate(numbers: readonly number[], count: number, rate: number) {
  // Its pauses would be taken for those of bots.
  collectGarbage();
  const started = performance.now();
  const between = 1_000 / rate;
  return Promise.all(
    numbers.map((number, place) =>
      acknowledged(number, { count, between, started: started + (place / numbers.length) * between }),
    ),
  );
}

interface Times {
  count: number;
  /** Milliseconds. */
  between: number;
  /** By `performance.now()`. */
  started: number;
}

async function acknowledged(number: number, { count, between, started }: Times) {
  const { discord, received, act } = find(number);
  received.clear();
  const before = { messages: discord.messages().length, cpu: cpuTimeOf(process) };
  const sent = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    await untilTime(started + index * between);
    const now = performance.now();
    sent.set(act().id, now);
  }
  const arrived = await until(() => received.size === count, PATIENCE);
  if (!arrived) throw new Error(`of ${count} interactions ${received.size} were acknowledged`);
  const cpu = cpuTimeOf(process) - before.cpu;
  // The last callbacks are still being read. Each that is accepted makes a message.
  const missing = (): number => before.messages + count - discord.messages().length;
  await until(() => missing() === 0, READING);
  const latencies = [...sent].map(([id, at]) => (received.get(id) ?? Number.NaN) - at);
  return { latencies, late: missing(), cpu };
}

async function atATime(number: number, count: number, places: number) {
  const { act } = find(number);
  const started = performance.now();
  let left = count;
  async function one(): Promise<void> {
    while (left > 0) {
      left -= 1;
      await act().answer({ timeout: PATIENCE });
    }
  }
  await Promise.all(Array.from({ length: places }, one));
  return { perSecond: (count / (performance.now() - started)) * 1_000 };
}

/** Timers go by whole milliseconds, and may ring a little early. */
async function untilTime(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) await wait(left);
}

/** Whether it was so within these milliseconds. */
async function until(isSo: () => boolean, patience: number): Promise<boolean> {
  const started = performance.now();
  while (!isSo()) {
    if (performance.now() - started > patience) return false;
    await wait(GLANCE);
  }
  return true;
}

answerParent(process, async (message) => {
  const wanted = request.parse(message);
  if ("open" in wanted) {
    const one = await open();
    const { api, cdn, botToken: token } = one.discord;
    return { discord: opened.push(one) - 1, api, cdn, token };
  }
  const discords = "discords" in wanted ? wanted.discords : [wanted.discord];
  const areConnected = (): boolean => discords.every((number) => find(number).isConnected());
  if (!(await until(areConnected, PATIENCE))) throw new Error("no bot has come");
  return "rate" in wanted
    ? atRate(discords, wanted.count, wanted.rate)
    : atATime(wanted.discord, wanted.count, wanted.atATime);
});
