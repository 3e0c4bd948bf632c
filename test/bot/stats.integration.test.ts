import { MessageFlags, type APIMessage } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/texts/texts.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";

const isPrivate = (message: APIMessage): boolean => ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;

describe("/stats, as typed", () => {
  let bot: HotdogBot;
  let queued = 0;

  beforeAll(async () => {
    bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          queued += 1;
          await queue.send(job);
        },
      }),
    });
  });

  afterAll(() => bot[Symbol.asyncDispose]());

  async function answerTo(numbers: string, locale = "en-US"): Promise<APIMessage> {
    return bot.discord.user("ketchup").command("stats", { numbers }, { locale }).answer();
  }

  async function refusalOf(numbers: string, locale?: string): Promise<string> {
    const before = queued;
    const answer = await answerTo(numbers, locale);
    expect(isPrivate(answer)).toBe(true);
    expect(queued).toBe(before);
    return answer.content;
  }

  it("is answered in the channel, visibly for everyone, with the person and the numbers", async () => {
    const answer = await answerTo("3 5 8");
    expect(isPrivate(answer)).toBe(false);
    expect(answer.content).toBe(`<@${bot.discord.user("ketchup").id}> asked for the stats of **3 · 5 · 8**`);
    expect(answer.embeds[0]?.description).toBe(
      "**Min:** 3\n**Max:** 8\n**Mean:** ≈ 5.33333333333\n**Median:** 5",
    );
    const seen = await bot.discord.user("relish").waitForMessage(({ id }) => id === answer.id);
    expect(seen.content).toBe(answer.content);
  });

  it("shows large numbers as a person writes them", async () => {
    const answer = await answerTo("1e30 1E+25 123456789012345678901234567890");
    expect(answer.content).toContain("**1e30 · 1e25 · 123456789012345678901234567890**");
    expect(answer.embeds[0]?.description).toContain("**Max:** 1e30");
  });

  it("pings nobody", async () => {
    expect((await answerTo("1 2")).mentions).toEqual([]);
  });

  it("is answered in French for people who use Discord in French", async () => {
    const answer = await answerTo("3 5 8", "fr");
    expect(answer.content).toContain("a demandé les statistiques de **3 · 5 · 8**");
    expect(answer.embeds[0]?.description).toBe(
      "**Min :** 3\n**Max :** 8\n**Moyenne :** ≈ 5.33333333333\n**Médiane :** 5",
    );
  });

  it("explains that a comma separates numbers", async () => {
    expect((await answerTo("2,5")).content).toContain("`2,5` means 2 and 5");
    expect((await answerTo("2, 5")).content).not.toContain("comma");
  });

  it("refuses invalid pieces privately, lists them, says what is accepted, and queues nothing", async () => {
    const refusal = await refusalOf("3 abc 0 -1 0x10 1e31 Infinity ١");
    expect(refusal).toContain("**Not a number:** `abc`, `0x10`, `Infinity`, `١`");
    expect(refusal).toContain("**Not greater than 0:** `0`, `-1`");
    expect(refusal).toContain("**Outside 1e-30 to 1e30:** `1e31`");
    expect(refusal).toContain("Accepted: 1 to 10 numbers greater than 0");
    expect(refusal).not.toContain("`3`");
    expect(refusal).toContain("nothing was recorded");
  });

  it("repeats the request in a code block, so that it can be copied", async () => {
    const typed = "3 5  8, abc;1e31";
    expect(await refusalOf(typed)).toMatch(/^(?:.*\n)+```\n3 5 {2}8, abc;1e31\n```$/);
    expect(await refusalOf("1 2 3 4 5 6 7 8 9 10 11", "fr")).toContain("```\n1 2 3 4 5 6 7 8 9 10 11\n```");
  });

  it("escapes what could end the code block", async () => {
    expect(await refusalOf("``` <@1> ```x")).toContain("```\nˋˋˋ <@1> ˋˋˋx\n```");
  });

  it("cuts a request that is too long to repeat, and stays within Discord's limit", async () => {
    const refusal = await refusalOf("-1.5 ".repeat(1_200), "fr");
    expect(refusal.length).toBeLessThanOrEqual(2_000);
    expect(refusal).toMatch(/```\n(?:-1\.5 )+-?1?\.?5?…\n```$/);
  });

  it("refuses an eleventh number and queues nothing", async () => {
    expect(await refusalOf("1 2 3 4 5 6 7 8 9 10 11")).toContain("there are 11");
  });

  it("refuses a request without numbers", async () => {
    expect(await refusalOf(" , ; ")).toContain("**No number**");
  });

  it("refuses in French", async () => {
    expect(await refusalOf("abc", "fr")).toContain("**Pas un nombre :** `abc`");
  });

  it("refuses thousands of invalid pieces in one message within Discord's limit", async () => {
    const pieces = Array.from({ length: 900 }, (_, index) => `x${index}`);
    const refusal = await refusalOf([...pieces, "-1", "1e99"].join(" ").slice(0, 6_000));
    expect(refusal.length).toBeLessThanOrEqual(2_000);
    expect(refusal).toMatch(/and \d+ more/);
    expect(refusal).toContain("`-1`");
  });

  it("shows text so that it can neither format nor ping", async () => {
    const everyone = await refusalOf("@everyone **bold** <@1> `code`");
    expect(everyone).toContain("`@everyone`, `**bold**`, `<@1>`, `ˋcodeˋ`");
    expect(bot.discord.messages().every(({ mentions }) => mentions.length === 0)).toBe(true);
  });

  it("is offered in every language", async () => {
    const command = await bot.discord.waitForCommand("stats");
    expect(command.name_localizations).toMatchObject({ fr: "stats" });
    expect(["en-US", ...Object.keys(command.name_localizations ?? {})]).toEqual([...LANGUAGES.keys()]);
    expect(command.description_localizations?.fr).toContain("médiane");
    expect(command.options?.[0]).toMatchObject({
      name: "numbers",
      name_localizations: { fr: "nombres" },
      required: true,
    });
  });
});
