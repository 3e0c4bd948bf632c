import { ButtonStyle, ComponentType, REST, Routes, type APIMessage } from "discord.js";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { jobId, type Job } from "../../src/jobs/job.ts";
import { MAX_REQUEST_LENGTH } from "../../src/jobs/stats.ts";
import { LANGUAGES, textsFor } from "../../src/texts/texts.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { newId } from "../append-log/rows.ts";
import { nearlyNumbers, typed } from "./typed.ts";

const BUTTON = { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Press" } as const;

let bot: HotdogBot;

beforeAll(async () => {
  bot = await hotdogBot();
  await bot.addImages(4);
});

afterAll(() => bot[Symbol.asyncDispose]());

function expectNoPing({ mentions, mention_everyone: everyone }: APIMessage): void {
  expect({ mentions, everyone }).toEqual({ mentions: [], everyone: false });
}

async function expectAlive(): Promise<void> {
  const answer = await bot.discord.user("relish").command("stats", { numbers: "3 5 8" }).answer();
  expect(answer.embeds[0]?.description).toContain("5.33333333333");
}

describe("anything that a person sends", () => {
  it("as numbers gets an answer that pings nobody", async () => {
    const { discord } = bot;
    const named = discord.user("mustard").id;
    const strange = fc
      .tuple(
        typed({ longest: MAX_REQUEST_LENGTH - 100 }),
        fc.constantFrom("", ` <@${named}>`, ` <@!${named}>`),
      )
      .map((pieces) => pieces.join(""));
    const text = fc.oneof(strange, nearlyNumbers).filter((request) => request !== "");
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...LANGUAGES.keys()), async (numbers, locale) => {
        // Each request comes from another person, because of the rate limit.
        const visitor = discord.visitor("Ann");
        const answer = await visitor.command("stats", { numbers }, { locale }).answer();
        expect(answer.content).not.toBe("");
        const [failed = ""] = textsFor(locale).failed("|").split("|");
        expect(answer.content).not.toContain(failed);
        expectNoPing(answer);
      }),
      { numRuns: 150 },
    );
    await expectAlive();
  });

  it("as a custom id gets an answer, and stores only answers to our own buttons", async () => {
    const { discord, store } = bot;
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const { channel_id: channel } = discord.user("ketchup").post("hello");
    const customIds = fc.sample(
      typed({ longest: 100 }).filter((id) => id !== ""),
      75,
    );
    for (const ids of inGroups([...new Set(customIds)], 25)) {
      const rows = inGroups(ids, 5).map((group) => ({
        type: ComponentType.ActionRow,
        components: group.map((custom_id) => ({ ...BUTTON, custom_id })),
      }));
      const posted = await rest.post(Routes.channelMessages(channel), { body: { components: rows } });
      for (const id of ids) {
        const answer = await discord
          .user("mustard")
          .press(posted as APIMessage, id)
          .answer();
        expect(answer.content).toContain("Nothing was saved");
        expectNoPing(answer);
      }
    }
    expect(await store.list("labels/")).toEqual([]);
    await expectAlive();
  });
});

describe("anything that the queue delivers as a job", () => {
  const { snowflake, image } = {
    snowflake: fc.oneof(
      fc.stringMatching(/^\d{1,19}$/),
      fc.constant(null).map(() => newId()),
    ),
    image: fc.stringMatching(/^[0-9a-f]{64}\.(jpg|png|webp)$/),
  };
  // Our application id is known only while the bot runs.
  const OURS = "7";
  const interaction = fc.record({
    id: snowflake,
    applicationId: fc.oneof({ weight: 4, arbitrary: fc.constant(OURS) }, snowflake),
    token: fc.stringMatching(/^[\w.~=-]{1,60}$/).filter((token) => !/^\.+$/.test(token)),
    locale: typed({ longest: 10 }),
    guildId: fc.option(snowflake),
    channelId: snowflake,
    userId: snowflake,
  });
  const url = fc.oneof(
    fc.webUrl({ validSchemes: ["https"] }),
    fc.constantFrom("http://[::1]:1/", "http://127.0.0.1:1/a"),
  );
  const files = fc.array(fc.record({ url, name: typed({ longest: 300 }) }), { minLength: 1, maxLength: 3 });
  const numbers = fc.constant<string[]>(["3", "5", "8"]);
  const project = fc.constantFrom(null, "1");
  const job: fc.Arbitrary<Job> = fc.oneof(
    fc.record({
      kind: fc.constant("stats" as const),
      interaction,
      request: typed({ longest: 100 }),
      numbers: fc.oneof(numbers, fc.array(fc.stringMatching(/^\d{1,70}$/), { minLength: 1, maxLength: 10 })),
      commaBetweenDigits: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("client-stats" as const),
      id: snowflake,
      client: fc.uuid(),
      request: typed({ longest: 100 }),
      numbers,
    }),
    fc.record({ kind: fc.constant("hotdog" as const), interaction, roundLocale: typed({ longest: 10 }) }),
    fc.record({
      kind: fc.constant("press" as const),
      interaction,
      press: fc.record({
        round: snowflake,
        position: fc.integer({ min: 1, max: 9 }),
        label: fc.constantFrom(0, 1, 9, "unsure" as const),
        image,
        project,
      }),
    }),
    fc.record({ kind: fc.constant("upload" as const), interaction, files }),
    fc.record({ kind: fc.constant("remove" as const), interaction, image, project }),
    fc.record({
      kind: fc.constant("offer-removal" as const),
      interaction,
      images: fc.array(image, { minLength: 1, maxLength: 10 }),
      project,
    }),
  );

  function asOurs(strange: Job): Job {
    const { applicationId } = bot.discord;
    return "interaction" in strange && strange.interaction.applicationId === OURS
      ? { ...strange, interaction: { ...strange.interaction, applicationId } }
      : strange;
  }

  it("is done or goes to the dead letters, and the worker continues", async () => {
    const jobs = new Map(fc.sample(job, 120).map((strange) => [jobId(strange), strange]));
    for (const strange of jobs.values()) await bot.queue.send(asOurs(strange));
    await vi.waitFor(
      () => {
        const lines = bot.logged().split("\n");
        const ended = lines.filter((line) =>
          /"msg":"(done|(failed for the last time|refused); it goes to the dead-letter queue)"/.test(line),
        );
        const ids = new Set(ended.map((line) => (JSON.parse(line) as { interaction: string }).interaction));
        expect([...jobs.keys()].filter((id) => !ids.has(id))).toEqual([]);
      },
      { timeout: 60_000 },
    );
    await expectAlive();
  });
});

function inGroups<T>(values: readonly T[], size: number): T[][] {
  const groups = Math.ceil(values.length / size);
  return Array.from({ length: groups }, (_, group) => values.slice(group * size, (group + 1) * size));
}
