import { ComponentType, MessageFlags } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { firstSnowflakeAt } from "../../src/platform/snowflake.ts";
import type { InteractionReference } from "../../src/jobs/references.ts";
import type { Job } from "../../src/jobs/job.ts";
import { answers, type Answers } from "../../src/worker/answers.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";

const MINUTE = 60_000;
/** The worker looks at 30 pages of 100 messages. */
const MESSAGES_SEARCHED = 3_000;
const MESSAGE = { content: "the stats", embeds: [{ description: "min 3, max 8" }] };

interface LateAnswer {
  discord: LocalDiscord;
  /** Another worker's answers, without memory of earlier ones. */
  worker: () => Answers;
  to: InteractionReference;
}

/** An interaction from 16 minutes ago. */
async function lateAnswer(): Promise<LateAnswer> {
  const discord = await startLocalDiscord({ port: 0, rateLimits: false });
  onTestFinished(() => discord.close());
  const { api, botToken: token, now, applicationId, guildId, channelId } = discord;
  const id = firstSnowflakeAt(now() - 16 * MINUTE);
  const userId = discord.user("mustard").id;
  const to = { id, applicationId, guildId, channelId, userId, token: "over", locale: "en-US" };
  return { discord, worker: () => answers({ token, api, now }), to };
}

function answerCount(discord: LocalDiscord): number {
  return discord.messages().filter(({ embeds }) => embeds.length > 0).length;
}

/** Gives a late answer behind `before` messages, and again from another worker. @returns how often it is in the channel */
async function countLateAnswers(
  before: number,
  prepare: (discord: LocalDiscord) => void = () => {},
): Promise<number> {
  const { discord, worker, to } = await lateAnswer();
  const mustard = discord.user("mustard");
  for (let index = 0; index < before; index += 1) mustard.post(`message ${index}`);
  await worker().give(to, MESSAGE, { again: false, late: "post" });
  prepare(discord);
  // Discord has forgotten the nonce.
  discord.advance(60 * MINUTE);
  await worker().give(to, MESSAGE, { again: true, late: "post" });
  return answerCount(discord);
}

it("a late answer is found, and not repeated, behind 2,999 messages", async () => {
  expect(await countLateAnswers(MESSAGES_SEARCHED - 1)).toBe(1);
}, 60_000);

it("a late answer is repeated behind 3,000 messages", async () => {
  expect(await countLateAnswers(MESSAGES_SEARCHED)).toBe(2);
}, 60_000);

it("a late answer is repeated where the bot may write in the channel but not read it", async () => {
  const answered = await countLateAnswers(0, (discord) => {
    discord.fault({ method: "GET", path: /\/channels\/\d+\/messages$/, act: { status: 403 } });
  });
  expect(answered).toBe(2);
}, 60_000);

it("a late answer is posted once although the connection is lost after Discord has received it", async () => {
  const { discord, worker, to } = await lateAnswer();
  discord.fault({ method: "POST", path: /\/channels\/\d+\/messages$/, times: 1, act: "reset-after" });
  await worker().give(to, MESSAGE, { again: false, late: "post" });
  expect(answerCount(discord)).toBe(1);
});

/** An unanswered /hotdog. */
async function heldJob(): Promise<{ bot: HotdogBot; to: InteractionReference }> {
  const asked = Promise.withResolvers<Job>();
  const bot = await hotdogBot({
    worker: false,
    jobs: () => ({ send: async (job) => asked.resolve(job) }),
  });
  bot.discord.user("ketchup").command("hotdog");
  const job = await asked.promise;
  if (job.kind !== "hotdog") throw new Error(`the job is of the kind ${job.kind}`);
  return { bot, to: job.interaction };
}

it("a text does not replace an earlier answer of Components V2", async () => {
  const { bot, to } = await heldJob();
  await using _ = bot;
  const { api, botToken: token, now } = bot.discord;
  const round = {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.TextDisplay as const, content: "the round" }],
  };
  await answers({ token, api, now }).give(to, round, { again: false, late: "drop" });
  // For another worker this is also the first delivery.
  await answers({ token, api, now }).give(to, { content: "nothing" }, { again: false, late: "drop" });
  expect(bot.discord.messages()).toMatchObject([{ content: "", components: [{ content: "the round" }] }]);
});

describe("a message that Discord says it does not know (10008)", () => {
  const UNKNOWN = { status: 404, code: 10_008 } as const;

  it.each([
    { what: "edited", method: "PATCH", again: false },
    { what: "looked at", method: "GET", again: true },
  ])("is $what once Discord knows it", async ({ method, again }) => {
    const { bot, to } = await heldJob();
    await using _ = bot;
    const { api, botToken: token, now } = bot.discord;
    bot.discord.fault({ method, path: /@original$/, times: 3, act: UNKNOWN });
    const pauses: number[] = [];
    const wait = async (pause: number): Promise<void> => void pauses.push(pause);
    await answers({ token, api, now, wait }).give(to, { content: "the answer" }, { again, late: "drop" });
    expect(bot.discord.messages()).toMatchObject([{ content: "the answer" }]);
    expect(pauses).toEqual([250, 500, 1_000]);
  });

  it("counts as deleted when Discord keeps saying so", async () => {
    const { bot, to } = await heldJob();
    await using _ = bot;
    const { api, botToken: token, now } = bot.discord;
    bot.discord.fault({ method: "PATCH", path: /@original$/, act: UNKNOWN });
    const wait = async (): Promise<void> => {};
    await answers({ token, api, now, wait }).give(to, { content: "late" }, { again: false, late: "drop" });
    expect(bot.discord.messages()).toMatchObject([{ content: "" }]);
  });

  it("is retried by the bot too, when the queue does not accept the job", async () => {
    await using bot = await hotdogBot({ jobs: () => ({ send: () => Promise.reject(new Error("away")) }) });
    for (const method of ["GET", "PATCH"])
      bot.discord.fault({ method, path: /@original$/, times: 1, act: UNKNOWN });
    const asked = bot.discord.user("ketchup").command("stats", { numbers: "1" });
    expect((await asked.answer()).content).toContain("could not be accepted");
  });
});
