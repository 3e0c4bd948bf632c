import { describe, expect, it } from "vitest";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { newId } from "../append-log/rows.ts";
import { createProject, isPrivate, textOf } from "./channel-project.ts";
import { makeGold } from "./gold-answers.ts";
import { answersOf, labelerOf, storeAnswers, yesterday } from "./past-answers.ts";

const HOUR = 60 * 60 * 1_000;
const [ANNA, BERT, CLEO] = ["a", "b", "c"].map((letter) => letter.repeat(64)) as [string, string, string];
const truth = (index: number): number => index % 2;
const wrong = (index: number): number => 1 - truth(index);

/** Makes images gold, with their right labels, before the last full day. */
async function storeGold(bot: HotdogBot, images: readonly string[]): Promise<void> {
  for (const [index, image] of images.entries())
    await makeGold(bot, [image], { label: truth(index), id: newId(yesterday() - HOUR) });
}

async function me(bot: HotdogBot, locale = "en-US"): Promise<string> {
  const answer = await bot.discord.user("relish").command("me", {}, { locale }).answer();
  expect(isPrivate(answer)).toBe(true);
  return textOf(answer);
}

describe("/me", () => {
  it("says how to begin, to somebody who has answered nothing", async () => {
    await using bot = await hotdogBot();
    expect(await me(bot)).toBe("You have not answered any image here yet. Start with `/label`.");
  });

  it("counts the first answers to gold images, with the range that they suggest", async () => {
    await using bot = await hotdogBot();
    const images = (await bot.addImages(12)).toSorted();
    const relish = labelerOf(bot.discord.user("relish").id);
    await storeGold(bot, images);
    const first = answersOf(relish, images, (index) => (index < 9 ? truth(index) : wrong(index)));
    const corrected = answersOf(relish, images, truth, yesterday() + HOUR);
    await storeAnswers(bot, [...first.slice(0, 9), ...corrected.slice(0, 9)]);
    expect(await me(bot)).toContain("**Check images:** not enough yet: 9 of the 10 ");
    await storeAnswers(bot, [...first, ...corrected]);
    const text = await me(bot);
    expect(text).toContain("**Answered:** 12 images");
    expect(text).toContain("**Check images:** right on 9 of 12 (75%)");
    expect(text).toContain("right on 47% to 92% of all images");
  });

  it("compares answers with images that others have settled, by label, without one's own answer", async () => {
    await using bot = await hotdogBot();
    const images = (await bot.addImages(24)).toSorted();
    const relish = labelerOf(bot.discord.user("relish").id);
    const others = [ANNA, BERT, CLEO].flatMap((labeler) => answersOf(labeler, images.slice(0, 20), truth));
    // Nobody else has answered the last four.
    const own = answersOf(relish, images, (index) => (index === 1 || index > 17 ? 0 : truth(index)));
    await storeAnswers(bot, [...others, ...own]);
    const text = await me(bot);
    expect(text).toContain("you agree on 18 of 20 settled images (90%)");
    expect(text).toContain("- 0 · not hot dog: 10 of 10 (100%)\n- 1 · hot dog: 8 of 10 (80%)");
    expect(text).not.toContain("Check images");
  });

  it("speaks French", async () => {
    await using bot = await hotdogBot();
    const images = await bot.addImages(2);
    await storeAnswers(bot, answersOf(labelerOf(bot.discord.user("relish").id), images, truth));
    const text = await me(bot, "fr");
    expect(text).toContain("**Réponses :** 2 images");
    expect(text).toContain("aucune n’est encore réglée par d’autres");
  });

  it("is about the channel's project where there is one", async () => {
    await using bot = await hotdogBot();
    const images = await bot.addImages(3);
    const userId = bot.discord.user("relish").id;
    await storeAnswers(bot, answersOf(labelerOf(userId), images, truth));
    const { id } = await createProject(bot);
    await storeAnswers(bot, answersOf(labelerOf(userId, id), images.slice(1), truth), `projects/${id}/`);
    expect(await me(bot)).toContain("**Answered:** 2 images");
    const inMessages = await bot.discord.user("relish").command("me", {}, { dm: true }).answer();
    expect(textOf(inMessages)).toContain("**Answered:** 3 images");
  });
});
