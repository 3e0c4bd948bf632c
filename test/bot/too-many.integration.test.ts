import { MessageFlags } from "discord.js";
import { expect, it } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import { hotdogBot } from "../hotdog-bot.ts";

/** A command, its limit per minute, and the refusal beyond it. */
const COMMANDS = [
  [
    "stats",
    { numbers: "3 5 8" },
    30,
    /more than 30 times in a minute, so nothing was done/,
    /plus de 30 fois en une minute/,
  ],
  ["hotdog", {}, 10, /more than 10 times in a minute, so nothing was done/, /plus de 10 fois en une minute/],
  [
    "progress",
    {},
    10,
    /more than 10 times in a minute, so nothing was done/,
    /plus de 10 fois en une minute/,
  ],
] as const;

it.each(COMMANDS)(
  "/%s is refused to a person who uses it too often, privately and in their language, and nothing is queued",
  async (name, options, most, inEnglish, inFrench) => {
    const queued: Job[] = [];
    await using bot = await hotdogBot({
      worker: false,
      jobs: () => ({ send: async (job) => void queued.push(job) }),
    });
    const [ketchup, relish] = [bot.discord.user("ketchup"), bot.discord.user("relish")];
    for (let count = 0; count < most; count += 1) ketchup.command(name, options);
    await expect.poll(() => queued.length).toBe(most);
    const refused = await ketchup.command(name, options).answer();
    expect(refused.content).toMatch(inEnglish);
    expect(refused.flags).toBe(MessageFlags.Ephemeral);
    expect((await ketchup.command(name, options, { locale: "fr" }).answer()).content).toMatch(inFrench);
    expect(queued).toHaveLength(most);
    relish.command(name, options);
    await expect.poll(() => queued.length).toBe(most + 1);
  },
);

it("a refused request does not count", async () => {
  const queued: Job[] = [];
  await using bot = await hotdogBot({
    worker: false,
    jobs: () => ({ send: async (job) => void queued.push(job) }),
  });
  const ketchup = bot.discord.user("ketchup");
  for (let count = 0; count < 35; count += 1) ketchup.command("stats", { numbers: "none" });
  ketchup.command("stats", { numbers: "3" });
  await expect.poll(() => queued).toHaveLength(1);
});
