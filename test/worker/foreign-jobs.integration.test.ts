import { describe, expect, it } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import type { StatsJob } from "../../src/jobs/stats.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";
import { statsJob } from "../jobs/jobs.ts";
import { newId } from "../append-log/rows.ts";
import { until } from "../until.ts";

const OWN_APPLICATION_REQUEST = "GET /applications/@me";

function statsOf(applicationId: string): StatsJob {
  const job = statsJob(1);
  return { ...job, interaction: { ...job.interaction, id: newId(), applicationId } };
}

function titles({ discord }: HotdogBot): string[] {
  return discord.traffic().map(({ title }) => title);
}

async function untilDead({ queue }: HotdogBot, count: number): Promise<void> {
  await until(async () => expect(await queue.deadLetters()).toHaveLength(count));
}

describe("a job of another application", () => {
  it("is not run, causes no request to Discord, and goes to the dead letters at once", async () => {
    await using bot = await hotdogBot();
    const { discord, queue, store } = bot;
    const before = titles(bot);
    const job = statsOf("1");
    await queue.send(job);
    await untilDead(bot, 1);
    expect(titles(bot).slice(before.length)).toEqual([OWN_APPLICATION_REQUEST]);
    expect(discord.messages()).toEqual([]);
    expect(await store.list("logs/")).toEqual([]);
    const [letter] = await queue.deadLetters();
    expect(letter?.reason).toBe(
      `the job is for application 1, but DISCORD_TOKEN belongs to ${discord.applicationId}`,
    );
    const line = bot
      .logged()
      .split("\n")
      .find((text) => text.includes("refused"));
    expect(JSON.parse(line ?? "")).toMatchObject({ level: 50, interaction: job.interaction.id, attempt: 1 });
    expect(bot.logged()).not.toContain(job.interaction.token);
  });
});

describe("the id of the worker's own application", () => {
  it("is requested once, at the worker's first job", async () => {
    await using bot = await hotdogBot();
    const asked = (): number => titles(bot).filter((title) => title === OWN_APPLICATION_REQUEST).length;
    // The bot has asked too, to publish the commands.
    expect(asked()).toBe(1);
    const ketchup = bot.discord.user("ketchup");
    const commands = Array.from({ length: 5 }, () => ketchup.command("stats", { numbers: "3 5 8" }));
    await Promise.all(commands.map((command) => command.answer()));
    expect(asked()).toBe(2);
  });

  it.each([
    ["401", { times: 1, act: { status: 401 } }],
    // Discord's client itself retries three times.
    ["503", { times: 4, act: { status: 503 } }],
  ] as const)("is asked again when Discord answers %s, and the job is answered then", async (_, fault) => {
    await using bot = await hotdogBot();
    bot.discord.fault({ path: /\/applications\/@me$/, ...fault });
    const asked = bot.discord.user("ketchup").command("stats", { numbers: "3 5 8" });
    const answer = await asked.answer();
    expect(answer.embeds[0]?.description).toContain("5.33333333333");
    expect(bot.logged()).toContain("failed; it will be retried");
    expect(await bot.queue.deadLetters()).toEqual([]);
  });

  it("is not needed to write a transaction log", async () => {
    await using bot = await hotdogBot();
    bot.discord.fault({ path: /\/applications\/@me$/, act: { status: 401 } });
    const transaction = {
      id: newId(),
      kind: "stats" as const,
      answeredAt: "2026-11-21T20:16:27.233Z",
      guildId: "20",
      channelId: "30",
      request: "3",
      numbers: ["3"],
      min: "3",
      max: "3",
      mean: "3",
      median: "3",
      attempts: 1,
    };
    await bot.queue.send({ kind: "transaction-log", transaction });
    await until(async () => expect(await bot.store.list("logs/")).toHaveLength(1));
  });
});

describe("an upload with a file that is not on Discord's servers", () => {
  const FOREIGN = "https://cdn.discordapp.com.evil.example";

  it("is refused before the first download, and the person is told", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({ send: (job) => queue.send(withForeignFile(job)) }),
    });
    const { discord, queue, store } = bot;
    const asked = discord
      .user("relish")
      .command("upload", { image: { name: "a.png", bytes: await plainPng(1) } });
    const answer = await asked.answer();
    expect(answer.content).toContain(`Reference: \`${asked.id}\``);
    await untilDead(bot, 1);
    expect(await store.list("images/")).toEqual([]);
    expect(await store.list("uploads/")).toEqual([]);
    const [letter] = await queue.deadLetters();
    expect(letter?.reason).toBe(`an attachment is on ${FOREIGN}, which is not listed in DISCORD_CDN_ORIGINS`);
  });

  function withForeignFile(job: Job): Job {
    if (job.kind !== "upload") return job;
    return { ...job, files: [...job.files, { url: `${FOREIGN}/dog.png`, name: "dog.png" }] };
  }
});
