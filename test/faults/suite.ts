import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { S3Request } from "../aws/s3-answers.ts";
import { failure } from "../aws/s3-answers.ts";
import { stubAws } from "../aws/environment.ts";
import { seeded } from "../../src/seeded.ts";
import { accountOf, type Account } from "./account.ts";
import { deploy, WORKERS, type Deployment } from "./deployment.ts";
import type { Engine } from "./engine.ts";
import { load, type Load } from "./load.ts";
import { summary } from "./summary.ts";

/** Milliseconds for which people are at it, at the least. */
const BUSY = 9_000;
/** Milliseconds of it before the fault begins, and after it has ended. */
const BEFORE = 1_000;
const AFTER = 2_000;
/** Milliseconds of a fault that could last for ever. */
const LONG = BUSY - BEFORE - AFTER;
/** Milliseconds of an outage. */
const OUTAGE = 3_000;
/** Milliseconds: the jobs of a worker that was killed come to another within 25 s, and have their attempts. */
const SETTLED = { timeout: 90_000, interval: 250 };
/** Milliseconds for a fault, with the load and what settles after it. */
const TIMES = { timeout: 150_000 };
/** Milliseconds in which a worker can answer. */
const WORD = 300;
/** Of the answers of S3. */
const SHARE_LOST = 0.1;
const SEED = 2026;

/** What workers and the bot send to Discord. */
const ANSWERS = { method: "PATCH", path: /\/webhooks\/.*\/messages\/@original$/ };
const ACKNOWLEDGEMENTS = { method: "POST", path: /\/interactions\/.*\/callback$/ };

const isLabels = (key: string): boolean => key.startsWith("labels/");

/** The same faults over a queue of each engine. */
export function suite(openEngine: () => Promise<Engine>): void {
  const opened = new AsyncDisposableStack();
  let engine: Engine;
  let deployment: Deployment;

  beforeAll(async () => {
    stubAws();
    engine = opened.use(await openEngine());
    deployment = opened.use(await deploy(engine));
  });

  afterAll(async () => {
    await opened.disposeAsync();
    vi.unstubAllEnvs();
  });

  /** Lets people be at it while this happens. */
  async function during(happen: () => Promise<void>): Promise<Load> {
    await deployment.startAll();
    const { discord, rounds } = deployment;
    const busy = load(discord, rounds);
    async function goWrong(): Promise<void> {
      await wait(BEFORE);
      await happen();
      await wait(AFTER);
    }
    try {
      await Promise.all([wait(BUSY), goWrong()]);
    } finally {
      await busy.stop();
    }
    return busy.made;
  }

  async function account(made: Load): Promise<Account> {
    const { bucket, discord } = deployment;
    return accountOf(made, { messages: discord.messages(), bucket, taken: await engine.taken() });
  }

  interface Settling {
    /** People whose job was never sent may be left without an end to "thinking". */
    leavesThinking?: boolean;
  }

  /** Waits until all that was taken is done, and expects that nothing is lost and nothing doubled. */
  async function expectExactly(
    fault: string,
    happen: () => Promise<void>,
    { leavesThinking = false }: Settling = {},
  ): Promise<Account> {
    const before = await engine.deadLetters();
    const made = await during(happen);
    const settled = await vi.waitFor(async () => {
      const now = await account(made);
      expect(now.problems).toEqual([]);
      const thinking = leavesThinking ? 0 : now.stats.thinking + now.presses.thinking;
      expect(thinking).toBe(0);
      expect(await engine.unfinished()).toBe(0);
      return now;
    }, SETTLED);
    const { stats, presses } = settled;
    const deadLetters = (await engine.deadLetters()) - before;
    process.stdout.write(`${engine.name}, ${fault}: ${summary(settled, deadLetters)}\n`);
    expect(stats.answered).toBeGreaterThan(0);
    expect(presses.answered).toBeGreaterThan(0);
    expect(stats.kept).toBe(stats.answered);
    expect(stats.answered + stats.failed + presses.answered + presses.failed).toBe(
      stats.taken + presses.taken,
    );
    expect(deadLetters).toBe(stats.failed + presses.failed);
    expect(deployment.ended()).toEqual([]);
    return settled;
  }

  /** @returns whether one of each of these requests got this status since then, or (undefined) lost its answer */
  function meeting(wanted: number | undefined, all: { path: RegExp }[]): () => boolean {
    const { discord } = deployment;
    const since = discord.traffic().at(-1)?.id ?? 0;
    return () => {
      const met = discord
        .traffic()
        .filter(({ id, kind, status }) => id > since && kind === "rest" && status === wanted);
      return all.every(({ path }) => met.some(({ title }) => path.test(title.replace(/\?.*$/, ""))));
    };
  }

  describe("loses and doubles nothing when", TIMES, () => {
    it("a worker is killed", async () => {
      await expectExactly("workers are killed", async () => {
        const [one, two] = WORKERS;
        const { s3 } = deployment;
        const kill = (name: (typeof WORKERS)[number]) => deployment.worker(name).child.kill("SIGKILL");
        // Between a row and the word that it is there.
        s3.whenWritten = (key, name) => void (name === one && isLabels(key) && kill(one));
        await deployment.worker(one).exited;
        s3.whenWritten = () => {};
        // The other one goes on.
        await wait(BEFORE);
        // On the way to the row, late enough for a word that came too early.
        s3.trouble = ({ method, key }, name) => {
          if (name !== two || method !== "PUT" || !isLabels(key)) return undefined;
          setTimeout(() => kill(two), WORD);
          return "hang";
        };
        await deployment.worker(two).exited;
        s3.trouble = () => undefined;
        await deployment.startAll();
      });
    });

    it("the bot is killed", async () => {
      await expectExactly(
        "the bot is killed",
        async () => {
          const { child, exited } = deployment.bot();
          child.kill("SIGKILL");
          await exited;
          await deployment.startAll();
        },
        { leavesThinking: true },
      );
    });

    it("the queue is away for a while", async () => {
      await expectExactly(`the queue ${engine.outageName}`, async () => {
        expect(await engine.outage(OUTAGE)).toBeGreaterThan(0);
      });
    });

    it("answers of the queue are lost after it has done what was asked", async () => {
      await expectExactly("answers of the queue are lost", async () => {
        expect(await engine.loseAnswers(OUTAGE)).toBeGreaterThan(0);
      });
    });

    it("every job is delivered twice", async () => {
      await expectExactly("every job is delivered twice", async () => {
        const doubling = engine.deliverTwice();
        await wait(LONG);
        await vi.waitFor(() => expect(doubling.count()).toBeGreaterThan(0), SETTLED);
        doubling.stop();
      });
    });

    it("S3 is away for a while", async () => {
      await expectExactly("S3 is away for a while", async () => {
        for (const trouble of [
          "reset",
          failure(503, "SlowDown"),
          "hang",
          failure(500, "InternalError"),
        ] as const) {
          let met = 0;
          deployment.s3.trouble = () => {
            met += 1;
            return trouble;
          };
          await wait(OUTAGE / 4);
          await vi.waitFor(() => expect(met).toBeGreaterThan(0), SETTLED);
        }
        deployment.s3.trouble = () => undefined;
      });
    });

    it("a tenth of the answers of S3 is lost after it has done what was asked", async () => {
      const random = seeded(SEED);
      const lost: S3Request["method"][] = [];
      await expectExactly("a tenth of S3's answers is lost", async () => {
        deployment.s3.trouble = ({ method }) => {
          if (random() >= SHARE_LOST) return undefined;
          lost.push(method);
          return "lose";
        };
        await wait(LONG);
        await vi.waitFor(() => expect(lost).toContain("PUT"), SETTLED);
        deployment.s3.trouble = () => undefined;
      });
    });

    it("the gateway connection is lost and resumed", async () => {
      await expectExactly("the gateway connection is lost and resumed", async () => {
        const { gateway } = deployment.discord;
        const resumes = (): number =>
          deployment.bot().output().split("the gateway connection is back").length - 1;
        // It breaks, it is to be made anew, and it is closed with a code.
        for (const lose of [
          () => gateway.disconnect(),
          () => gateway.reconnect(),
          () => gateway.disconnect(4_000),
        ]) {
          const before = resumes();
          lose();
          await wait(OUTAGE / 3);
          await vi.waitFor(() => expect(resumes()).toBe(before + 1), SETTLED);
        }
      });
    });

    it("the session is invalid, and another one begins", async () => {
      await expectExactly("the session is invalid", async () => {
        const { discord } = deployment;
        const since = discord.traffic().at(-1)?.id ?? 0;
        discord.gateway.invalidate();
        const titles = (): string[] =>
          discord.traffic().flatMap(({ id, title }) => (id > since ? [title] : []));
        await vi.waitFor(() => expect(titles()).toContain("Identify"), SETTLED);
      });
    });

    it("Discord answers 500, and 429 with Retry-After", async () => {
      await expectExactly("Discord answers 500 and 429", async () => {
        const { discord } = deployment;
        for (const act of [{ status: 500 }, { status: 429, retryAfter: 1 }] as const) {
          // One after the other: without acknowledgements there is soon nothing to answer.
          for (const requests of [ANSWERS, ACKNOWLEDGEMENTS]) {
            const met = meeting(act.status, [requests]);
            const mend = discord.fault({ ...requests, act });
            await wait(OUTAGE / 4);
            await vi.waitFor(() => expect(met()).toBe(true), SETTLED);
            mend();
          }
        }
      });
    });

    it("answers of Discord are lost after it has done what was asked", async () => {
      await expectExactly("answers of Discord are lost", async () => {
        const { discord } = deployment;
        const met = meeting(undefined, [ANSWERS, ACKNOWLEDGEMENTS]);
        for (let time = 0; time < 6; time += 1) {
          for (const requests of [ANSWERS, ACKNOWLEDGEMENTS])
            discord.fault({ ...requests, times: 3, act: "drop-after" });
          await wait(OUTAGE / 6);
        }
        await vi.waitFor(() => expect(met()).toBe(true), SETTLED);
      });
    });
  });
}
