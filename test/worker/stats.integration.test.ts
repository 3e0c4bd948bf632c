import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import type { StatsJob } from "../../src/jobs/stats.ts";
import { transactionLogKey } from "../../src/stats/transaction-log.ts";
import { answers, type Answers } from "../../src/worker/answers.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";

const MINUTE = 60_000;
const NUMBERS = { numbers: "3 5 8" };

/** Holds the bot's jobs, so that the test can deliver them itself. */
async function botWithHeldJobs(parts: Parameters<typeof hotdogBot>[0] = {}): Promise<{
  bot: HotdogBot;
  held: StatsJob[];
}> {
  const held: StatsJob[] = [];
  const bot = await hotdogBot({
    ...parts,
    jobs: () => ({
      async send(job) {
        if (job.kind === "stats") held.push(job);
      },
    }),
  });
  return { bot, held };
}

async function heldJob(held: StatsJob[]): Promise<StatsJob> {
  return until(() => {
    const [job] = held;
    if (job === undefined) throw new Error("no job has been sent");
    return job;
  });
}

async function logOf({ store }: HotdogBot, id: string): Promise<string> {
  return until(async () => {
    const found = await store.get(transactionLogKey(id));
    if (found === undefined) throw new Error(`no log of ${id}`);
    return found.body.toString();
  });
}

const logs = async ({ store }: HotdogBot): Promise<string[]> =>
  (await store.list("logs/")).map(({ key }) => key);

/** Another process's answers, without memory of earlier ones. */
function answersOf({ discord }: HotdogBot): Answers {
  const { botToken: token, api, now } = discord;
  return answers({ token, api, now });
}

describe("a stats job", () => {
  it("is answered by a message that names the person who asked and pings nobody", async () => {
    await using bot = await hotdogBot();
    const ketchup = bot.discord.user("ketchup");
    const answer = await ketchup.command("stats", { numbers: "3 5 8" }).answer();
    expect(answer.content).toContain(`<@${ketchup.id}>`);
    expect(answer.mentions).toEqual([]);
  });

  it("writes a log that names no person", async () => {
    await using bot = await hotdogBot();
    const ketchup = bot.discord.user("ketchup");
    const asked = ketchup.command("stats", { numbers: " 3, 5;8" });
    await asked.answer();
    const log = await logOf(bot, asked.id);
    expect(log).toContain("request:  3, 5;8\n");
    expect(log).toContain("numbers: 3 5 8\nmin: 3\nmax: 8\nmean: ≈ 5.33333333333\nmedian: 5\nattempts: 1\n");
    expect(log).toContain(`guild: ${bot.discord.guildId}\nchannel: ${bot.discord.channelId}\n`);
    expect(log).not.toContain(ketchup.id);
    expect(log).not.toContain("ketchup");
  });

  it("that is delivered twice changes nothing that people see, and writes one log", async () => {
    const { bot, held } = await botWithHeldJobs();
    await using _ = bot;
    const asked = bot.discord.user("ketchup").command("stats", NUMBERS);
    const job = await heldJob(held);
    await bot.queue.send(job);
    const first = await asked.answer();
    const log = await logOf(bot, asked.id);
    await bot.queue.send(job);
    await until(() => expect(bot.logged().match(/"msg":"done"/g)).toHaveLength(2));
    expect(bot.discord.messages()).toEqual([first]);
    expect(first.edited_timestamp).toBeNull();
    expect(await logs(bot)).toHaveLength(1);
    expect(await logOf(bot, asked.id)).toBe(log);
  });

  it("that is redelivered after its answer leaves the answer untouched", async () => {
    let answered = 0;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(...parameters) {
          const given = await answers.give(...parameters);
          answered += 1;
          if (answered === 1) throw new Error("killed right after the answer");
          return given;
        },
      }),
    });
    const asked = bot.discord.user("ketchup").command("stats", NUMBERS);
    await logOf(bot, asked.id);
    expect(answered).toBe(2);
    const [answer, ...others] = bot.discord.messages();
    expect(others).toEqual([]);
    expect(answer?.edited_timestamp).toBeNull();
    expect(await logs(bot)).toHaveLength(1);
  });

  it("is answered in the channel, with a mention of the person, after the 15 minutes", async () => {
    const { bot, held } = await botWithHeldJobs();
    await using _ = bot;
    const mustard = bot.discord.user("mustard");
    mustard.command("stats", NUMBERS);
    const job = await heldJob(held);
    bot.advance(16 * MINUTE);
    await bot.queue.send(job);
    const answer = await mustard.waitForMessage(({ embeds }) => embeds.length > 0);
    expect(answer.content).toContain(`<@${mustard.id}> asked for the stats of **3 · 5 · 8**`);
    expect(answer.mentions.map(({ id }) => id)).toEqual([mustard.id]);
    expect(answer.interaction_metadata).toBeUndefined();
    await logOf(bot, job.interaction.id);
  });

  it("goes to the dead letters after the 15 minutes where the bot is not a member", async () => {
    const { bot, held } = await botWithHeldJobs({ rateLimits: false });
    await using _ = bot;
    bot.discord.user("mustard").command("stats", NUMBERS);
    const job = await heldJob(held);
    bot.discord.denyBot(bot.discord.channelId, PermissionFlagsBits.ViewChannel);
    bot.advance(16 * MINUTE);
    await bot.queue.send(job);
    await until(async () => expect(await bot.queue.deadLetters()).toHaveLength(1));
    expect(await bot.queue.deadLetters()).toMatchObject([
      { reason: expect.stringContaining("Missing Access") },
    ]);
    expect(await logs(bot)).toEqual([]);
  });

  it("is answered within the 15 minutes even where the bot is not a member", async () => {
    const { bot, held } = await botWithHeldJobs();
    await using _ = bot;
    const asked = bot.discord.user("mustard").command("stats", NUMBERS);
    const job = await heldJob(held);
    bot.discord.denyBot(bot.discord.channelId, PermissionFlagsBits.ViewChannel);
    await bot.queue.send(job);
    expect((await asked.answer()).embeds).toHaveLength(1);
    await logOf(bot, asked.id);
  });

  it("is answered once although a late job is delivered twice", async () => {
    const { bot, held } = await botWithHeldJobs();
    await using _ = bot;
    bot.discord.user("mustard").command("stats", NUMBERS);
    const job = await heldJob(held);
    bot.advance(16 * MINUTE);
    await bot.queue.send(job);
    await bot.queue.send(job);
    await until(() => expect(bot.logged().match(/"msg":"done"/g)).toHaveLength(2));
    expect(bot.discord.messages().filter(({ embeds }) => embeds.length > 0)).toHaveLength(1);
  });

  /** Counts the answers after a late job is redelivered to another worker an hour later. */
  async function lateAnswers(prepare: (bot: HotdogBot) => void, busy = 0): Promise<number> {
    const { bot, held } = await botWithHeldJobs({
      answers: (known) => {
        let deliveries = 0;
        return {
          ...known,
          async give(to, message) {
            deliveries += 1;
            const options = { again: deliveries > 1, late: "post" } as const;
            const given = await answersOf(bot).give(to, message, options);
            if (deliveries > 1) return given;
            post(bot, busy);
            bot.advance(60 * MINUTE);
            throw new Error("killed right after the answer");
          },
        };
      },
    });
    await using _ = bot;
    bot.discord.user("mustard").command("stats", NUMBERS);
    const job = await heldJob(held);
    prepare(bot);
    post(bot, busy);
    bot.advance(16 * MINUTE);
    post(bot, busy);
    await bot.queue.send(job);
    expect(await logOf(bot, job.interaction.id)).toContain("attempts: 2\n");
    return bot.discord.messages().filter(({ embeds }) => embeds.length > 0).length;
  }

  function post({ discord }: HotdogBot, count: number): void {
    for (let index = 0; index < count; index += 1) discord.user("relish").post(`message ${index}`);
  }

  it("that was answered late and is redelivered to another worker an hour later is not answered again", async () => {
    // More messages than one page: before the answer was late, before the answer, and after it.
    expect(await lateAnswers(() => {}, 120)).toBe(1);
  });

  it("that was answered late and is redelivered an hour later is answered again where the bot may not read the history", async () => {
    const answered = await lateAnswers(({ discord }) =>
      discord.denyBot(discord.channelId, PermissionFlagsBits.ReadMessageHistory),
    );
    expect(answered).toBe(2);
  });

  it("that is late is not confused with another one of the same person and numbers", async () => {
    const { bot, held } = await botWithHeldJobs({
      rateLimits: false,
      answers: (known) => ({
        ...known,
        give: (to, message) => answersOf(bot).give(to, message, { again: true, late: "post" }),
      }),
    });
    await using _ = bot;
    const mustard = bot.discord.user("mustard");
    for (let count = 1; count <= 2; count += 1) {
      mustard.command("stats", NUMBERS);
      await until(() => expect(held).toHaveLength(count));
      bot.advance(1_000);
    }
    bot.advance(16 * MINUTE);
    for (const job of [...held, ...held]) {
      await bot.queue.send(job);
      await logOf(bot, job.interaction.id);
    }
    const logged = (): number | undefined => bot.logged().match(/"msg":"done"/g)?.length;
    await until(() => expect(logged()).toBe(4));
    expect(bot.discord.messages().filter(({ embeds }) => embeds.length > 0)).toHaveLength(2);
  });

  it("that was answered in time and is redelivered after the 15 minutes is not answered again", async () => {
    const { bot, held } = await botWithHeldJobs({
      answers: (answers) => {
        let deliveries = 0;
        return {
          ...answers,
          async give(to, message) {
            deliveries += 1;
            const given = await answers.give(to, message, { again: deliveries > 1, late: "post" });
            if (deliveries > 1) return given;
            bot.advance(16 * MINUTE);
            throw new Error("killed right after the answer");
          },
        };
      },
    });
    await using _ = bot;
    bot.discord.user("mustard").command("stats", NUMBERS);
    const job = await heldJob(held);
    await bot.queue.send(job);
    expect(await logOf(bot, job.interaction.id)).toContain("attempts: 2\n");
    expect(bot.discord.messages()).toHaveLength(1);
    expect(bot.discord.messages()[0]?.embeds).toHaveLength(1);
  });

  it("is answered although the bot has said that it was not accepted, because its send seemed to fail", async () => {
    let failures = 1;
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          await queue.send(job);
          throw new Error("timed out, though the queue has it");
        },
      }),
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          await until(() => expect(bot.discord.messages()[0]?.content).toContain("not be accepted"));
          failures -= 1;
          if (failures >= 0) throw new Error("the first attempt fails");
          return answers.give(to, message, options);
        },
      }),
    });
    bot.discord.user("ketchup").command("stats", NUMBERS);
    const answer = await bot.discord.waitForMessage(({ embeds }) => embeds.length > 0);
    expect(answer.content).toContain("asked for the stats of");
    expect(bot.discord.messages()).toHaveLength(1);
  });

  it("that is late for a worker whose clock is slow is answered in the channel too", async () => {
    const { bot, held } = await botWithHeldJobs({
      answers: () => answers({ token: bot.discord.botToken, api: bot.discord.api, now: Date.now }),
      worker: false,
    });
    await using _ = bot;
    const mustard = bot.discord.user("mustard");
    mustard.command("stats", NUMBERS);
    const job = await heldJob(held);
    bot.advance(16 * MINUTE);
    bot.startWorker();
    await bot.queue.send(job);
    const answer = await mustard.waitForMessage(({ embeds }) => embeds.length > 0);
    expect(answer.mentions.map(({ id }) => id)).toEqual([mustard.id]);
  });

  it("that fails late says so in the channel, to the person who asked", async () => {
    const { bot, held } = await botWithHeldJobs({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          if (message.embeds !== undefined) throw new Error("no answer today");
          return answers.give(to, message, options);
        },
      }),
    });
    await using _ = bot;
    const mustard = bot.discord.user("mustard");
    mustard.command("stats", NUMBERS);
    const job = await heldJob(held);
    bot.advance(16 * MINUTE);
    await bot.queue.send(job);
    const notice = await mustard.waitForMessage(({ content }) => content.includes("something went wrong"));
    expect(notice.mentions.map(({ id }) => id)).toEqual([mustard.id]);
  });

  it("is done when somebody deleted the placeholder", async () => {
    const { bot, held } = await botWithHeldJobs();
    await using _ = bot;
    bot.discord.user("ketchup").command("stats", NUMBERS);
    const job = await heldJob(held);
    const { applicationId, token } = job.interaction;
    await fetch(`${bot.discord.api}/v10/webhooks/${applicationId}/${token}/messages/@original`, {
      method: "DELETE",
    });
    await bot.queue.send(job);
    await logOf(bot, job.interaction.id);
    expect(bot.discord.messages()).toEqual([]);
  });

  it("whose log cannot be written is answered once, and another job writes the log", async () => {
    let failures = 3;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async put(...parameters) {
          failures -= 1;
          if (failures >= 0) throw new Error("the disk is full");
          return store.put(...parameters);
        },
      }),
    });
    const asked = bot.discord.user("ketchup").command("stats", NUMBERS);
    const answer = await asked.answer();
    expect(answer.embeds).toHaveLength(1);
    const log = await logOf(bot, asked.id);
    expect(log).toContain("attempts: 1\n");
    expect(bot.logged()).toContain('"kind":"transaction-log"');
    expect(bot.discord.messages()).toHaveLength(1);
    expect(bot.discord.messages()[0]?.edited_timestamp).toBeNull();
  });

  it("that fails for the last time says so to the person, with a reference that is in the log", async () => {
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          if (message.embeds !== undefined) throw new Error("no answer today");
          return answers.give(to, message, options);
        },
      }),
    });
    const asked = bot.discord.user("relish").command("stats", NUMBERS);
    const answer = await asked.answer({ timeout: 20_000 });
    expect(answer.content).toContain("something went wrong");
    expect(answer.content).toContain(`Reference: \`${asked.id}\``);
    await until(async () => expect(await bot.queue.deadLetters()).toHaveLength(1));
    const last = bot
      .logged()
      .split("\n")
      .find((line) => line.includes("failed for the last time"));
    expect(last).toContain(asked.id);
    expect(last).toContain("no answer today");
    expect(await logs(bot)).toEqual([]);
  });

  it("never logs the token of an interaction or of the bot, not even in errors", async () => {
    const { bot, held } = await botWithHeldJobs();
    await using _ = bot;
    bot.discord.user("ketchup").command("stats", NUMBERS);
    const job = await heldJob(held);
    const discord = answers({ token: bot.discord.botToken, api: bot.discord.api, now: Date.now });
    const tooLong = { content: "x".repeat(2_001) };
    const error: unknown = await discord
      .give(job.interaction, tooLong, { again: false, late: "post" })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ url: expect.stringContaining(job.interaction.token) });
    bot.log.error({ job, err: error }, `sent by ${bot.discord.botToken}`);
    expect(bot.logged()).toContain("[redacted]");
    expect(bot.logged()).toContain("Invalid Form Body");
    expect(bot.logged()).not.toContain(job.interaction.token);
    expect(bot.logged()).not.toContain(bot.discord.botToken);
  });
});
