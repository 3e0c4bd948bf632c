import { expect } from "vitest";
import type { Job, JobKind } from "../src/jobs/job.ts";
import { hotdogBot, type HotdogBot } from "./hotdog-bot.ts";

type JobOf<Kind extends JobKind> = Extract<Job, { kind: Kind }>;

interface CollectingBot extends AsyncDisposable {
  bot: HotdogBot;
  /** Takes the next job that the bot wants to queue, which must be of this kind. */
  next<Kind extends JobKind>(kind: Kind): Promise<JobOf<Kind>>;
  /** The jobs that no test has taken yet. */
  jobs: readonly Job[];
}

/** Starts a bot whose jobs a test takes instead of a worker. */
export async function collectingBot(
  options: Pick<NonNullable<Parameters<typeof hotdogBot>[0]>, "homeGuild" | "preferredLocale"> = {},
): Promise<CollectingBot> {
  const jobs: Job[] = [];
  const bot = await hotdogBot({
    ...options,
    worker: false,
    jobs: () => ({ send: async (job) => void jobs.push(job) }),
  });
  return {
    bot,
    jobs,
    async next<Kind extends JobKind>(kind: Kind) {
      await expect.poll(() => jobs[0]?.kind).toBe(kind);
      return jobs.shift() as JobOf<Kind>;
    },
    [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose](),
  };
}
