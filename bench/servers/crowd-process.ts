/** Any number of local Discords in one process, each with its own bot account and crowd of people. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startLocalDiscord, type WorldDescription } from "../../local-discord/src/start.ts";
import { commands } from "../../src/commands/index.ts";
import { registerCommands } from "../../src/bot/register-commands.ts";
import { answerParent } from "../harness/child.ts";
import { startCrowd } from "./crowd.ts";
import { collectGarbage, cpuMilliseconds } from "../harness/process-usage.ts";

/** How long to wait for outstanding responses. */
const TIMEOUT_MS = 60_000;
/** How long to wait until a received callback has been processed. */
const CALLBACK_TIMEOUT_MS = 1_000;
const POLL_INTERVAL_MS = 5;

const request = z.union([
  /** Starts another local Discord, by default with the two servers that it always has. The answer tells a bot how to connect. */
  z.object({ open: z.literal(true), servers: z.int().optional() }),
  /**
   * Sends this many interactions to each bot at a fixed rate per second, whether or not earlier ones are acknowledged. With several
   * bots the interactions alternate. The answer has the results of each bot.
   */
  z.object({ discords: z.array(z.int()), count: z.int(), rate: z.number() }),
  /** Sends this many interactions with a fixed number unanswered at any time. */
  z.object({ discord: z.int(), count: z.int(), concurrency: z.int() }),
]);

const sites: Awaited<ReturnType<typeof open>>[] = [];

/** Servers of the size that is usual for communities with bots. */
function worldOf(servers: number): WorldDescription {
  const channels = Array.from({ length: 20 }, (_, index) => ({ name: `channel-${index}`, topic: "A topic" }));
  const roles = Array.from({ length: 10 }, (_, index) => ({ name: `role ${index}` }));
  const guilds = Array.from({ length: servers }, (_, index) => ({
    name: `server ${index}`,
    channels,
    roles,
  }));
  return { people: [{ name: "ketchup" }], guilds };
}

function noCrowd(): never {
  throw new Error("this local Discord has no crowd");
}

async function open(servers?: number) {
  /** When the callback of each interaction arrived. */
  const received = new Map<string, number>();
  const discord = await startLocalDiscord({
    port: 0,
    rateLimits: false,
    ...(servers !== undefined && { world: worldOf(servers) }),
    onRequest({ path }) {
      const [, id] = /^\/api\/v10\/interactions\/(\d+)\/[^/]+\/callback/.exec(path) ?? [];
      if (id !== undefined && !received.has(id)) received.set(id, performance.now());
    },
  });
  const { api, botToken: token } = discord;
  await registerCommands({ token, api, commands });
  let connected = false;
  // Cached, because the local Discord forgets old traffic.
  const isConnected = (): boolean =>
    (connected ||= discord.traffic().some(({ title }) => title === "GUILD_CREATE"));
  // Nobody is a member of thousands of servers.
  const act = servers === undefined ? await startCrowd(discord) : noCrowd;
  return { discord, received, isConnected, act };
}

function find(number: number): (typeof sites)[number] {
  const found = sites[number];
  if (found === undefined) throw new Error(`local Discord ${number} does not exist`);
  return found;
}

async function sendAtRate(numbers: readonly number[], count: number, rate: number) {
  // A garbage collection during the measurement would look like latency of the bots.
  collectGarbage();
  const started = performance.now();
  const interval = 1_000 / rate;
  return Promise.all(
    numbers.map((number, index) =>
      measureBot(number, { count, interval, started: started + (index / numbers.length) * interval }),
    ),
  );
}

interface Schedule {
  count: number;
  /** Milliseconds. */
  interval: number;
  /** By `performance.now()`. */
  started: number;
}

async function measureBot(number: number, { count, interval, started }: Schedule) {
  const { discord, received, act } = find(number);
  received.clear();
  const before = { messages: discord.messages().length, cpu: cpuMilliseconds(process) };
  const sent = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    await waitUntil(started + index * interval);
    const now = performance.now();
    sent.set(act().id, now);
  }
  const arrived = await poll(() => received.size === count, TIMEOUT_MS);
  if (!arrived) throw new Error(`only ${received.size} of ${count} interactions were acknowledged`);
  const cpu = cpuMilliseconds(process) - before.cpu;
  // The last callbacks are still being processed. Each accepted one creates a message.
  const missing = (): number => before.messages + count - discord.messages().length;
  await poll(() => missing() === 0, CALLBACK_TIMEOUT_MS);
  const latencies = [...sent].map(([id, at]) => (received.get(id) ?? Number.NaN) - at);
  return { latencies, late: missing(), cpu };
}

async function sendConcurrently(number: number, count: number, concurrency: number) {
  const { act } = find(number);
  const started = performance.now();
  let left = count;
  async function loop(): Promise<void> {
    while (left > 0) {
      left -= 1;
      await act().answer({ timeout: TIMEOUT_MS });
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop));
  return { perSecond: (count / (performance.now() - started)) * 1_000 };
}

/** Waits again if a timer fires early, which timers may do by a fraction of a millisecond. */
async function waitUntil(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) await wait(left);
}

/** Resolves with whether the condition became true within the timeout in milliseconds. */
async function poll(condition: () => boolean, timeout: number): Promise<boolean> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > timeout) return false;
    await wait(POLL_INTERVAL_MS);
  }
  return true;
}

answerParent(process, async (message) => {
  const command = request.parse(message);
  if ("open" in command) {
    const site = await open(command.servers);
    const { api, cdn, botToken: token } = site.discord;
    return { discord: sites.push(site) - 1, api, cdn, token };
  }
  const discords = "discords" in command ? command.discords : [command.discord];
  const areConnected = (): boolean => discords.every((number) => find(number).isConnected());
  if (!(await poll(areConnected, TIMEOUT_MS))) throw new Error("no bot has connected");
  return "rate" in command
    ? sendAtRate(discords, command.count, command.rate)
    : sendConcurrently(command.discord, command.count, command.concurrency);
});
