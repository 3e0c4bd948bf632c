import { ButtonStyle, type APIMessage } from "discord.js";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import { projectIndex } from "../../src/project/project-index.ts";
import { hotdogBot } from "../hotdog-bot.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { until } from "../until.ts";
import { buttonsIn, CATS, createProject, isPrivate, selectsIn, textOf } from "./channel-project.ts";
import { changed, imageIn, pictureUrl, press, storedRows } from "./labeling-alone.ts";

const HOTDOG = "1 · hot dog";
const NOT_HOTDOG = "0 · not hot dog";

/** Answers images until the message shows none, and resolves with the images in order and with that message. */
async function answerAll(
  person: ScriptedUser,
  first: APIMessage,
): Promise<{ images: string[]; last: APIMessage }> {
  const images: string[] = [];
  let shown = first;
  for (let image = imageIn(shown); image !== undefined; image = imageIn(shown)) {
    images.push(image);
    shown = await press(person, shown, HOTDOG);
  }
  return { images, last: shown };
}

describe("/label", () => {
  it("shows one image after another in one private message, and saves each answer", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(6);
    const relish = bot.discord.user("relish");
    const command = relish.command("label");
    const first = await command.answer();
    expect(isPrivate(first)).toBe(true);
    expect(textOf(first)).toContain("## Hot dog or not?");
    expect(textOf(first)).toContain("Nothing answered here yet");
    expect(buttonsIn(first).find((button) => "label" in button && button.label === "Back")).toMatchObject({
      disabled: true,
    });
    const second = await press(relish, first, HOTDOG);
    expect(textOf(second)).toContain("**1 image** answered here");
    const { images, last } = await answerAll(relish, second);
    expect(new Set([imageIn(first), ...images])).toEqual(new Set(names));
    expect(images).toHaveLength(5);
    expect(textOf(last)).toContain("You have answered everything that needs answers");
    expect(textOf(last)).toContain(
      "**Images:** 0 of 6 settled (0%), 6 with too few answers, 0 with none yet",
    );
    const rows = await storedRows(bot);
    expect(rows.map(({ image }) => image)).toEqual([imageIn(first), ...images]);
    expect(new Set(rows.map(({ round }) => round))).toEqual(new Set([command.id]));
    expect(relish.messages()).toHaveLength(1);
  });

  it("does not list the label file at each press, but whenever it begins, and for /me", async () => {
    let lists = 0;
    const store = quickStore();
    await using bot = await hotdogBot({
      store: () => ({
        ...store,
        list: (prefix, options) => ((lists += prefix === "labels/" ? 1 : 0), store.list(prefix, options)),
      }),
    });
    await bot.addImages(10);
    const relish = bot.discord.user("relish");
    let shown = await relish.command("label").answer();
    lists = 0;
    for (let presses = 0; presses < 8; presses += 1) shown = await press(relish, shown, HOTDOG);
    expect(textOf(shown)).toContain("**8 images** answered here");
    // One for the first part, and one more if the machine needs 10 seconds.
    expect(lists).toBeLessThanOrEqual(4);
    for (const command of ["label", "me"]) {
      lists = 0;
      await relish.command(command).answer();
      expect(lists).toBeGreaterThan(0);
    }
  });

  it("shows every image on a canvas of 4 to 3, so that the buttons never move", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(1);
    const relish = bot.discord.user("relish");
    const shown = await relish.command("label").answer();
    const response = await fetch(pictureUrl(shown));
    const { width, height, format } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect({ width, height, format }).toEqual({ width: 640, height: 480, format: "webp" });
    expect(textOf(shown).split("\n")).toHaveLength(3);
    const after = await press(relish, shown, "Skip");
    expect(textOf(after).split("\n")).toHaveLength(3);
    // The picture before is no longer attached.
    expect((await fetch(pictureUrl(shown))).status).toBe(404);
  });

  it("asks in two windows at once for each image once", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(8);
    const relish = bot.discord.user("relish");
    const windows = await Promise.all([relish.command("label").answer(), relish.command("label").answer()]);
    await Promise.all(windows.map((window) => answerAll(relish, window)));
    const images = (await storedRows(bot)).map(({ image }) => image);
    expect(new Set(images).size).toBe(8);
    // At the end, both windows may show the last image.
    expect(images.length).toBeLessThanOrEqual(8 + 1);
  });

  it("says how to add images where there are none", async () => {
    await using bot = await hotdogBot();
    const answer = await bot.discord.user("relish").command("label").answer();
    expect(answer.content).toContain("There are no images to label yet");
  });

  it("speaks French", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(2);
    const relish = bot.discord.user("relish");
    const locale = "fr";
    const first = await relish.command("label", {}, { locale }).answer();
    expect(textOf(first)).toContain("Aucune réponse ici pour l’instant");
    const second = await press(relish, first, "1 · hot-dog", { locale });
    expect(textOf(second)).toContain("**1 réponse** ici");
    const done = await press(relish, second, "Terminer", { locale });
    expect(textOf(done)).toContain("Vous avez répondu à 1 image");
  });

  it("ignores a press that comes right after the image has changed", async () => {
    await using bot = await hotdogBot({ minViewMs: 250 });
    await bot.addImages(3);
    const relish = bot.discord.user("relish");
    const first = await relish.command("label").answer();
    const second = await press(relish, first, HOTDOG);
    relish.press(second, HOTDOG);
    await until(() => expect(bot.logged()).toContain('"msg":"ignored"'));
    bot.advance(250);
    await press(relish, second, NOT_HOTDOG);
    expect((await storedRows(bot)).map(({ label }) => label)).toEqual(["1", "0"]);
  });
});

describe("Skip", () => {
  it("shows every other image before it shows a skipped one again, and writes nothing", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(5);
    const relish = bot.discord.user("relish");
    const skipped: (string | undefined)[] = [];
    let shown = await relish.command("label").answer();
    for (let count = 0; count < 3; count += 1) {
      skipped.push(imageIn(shown));
      shown = await press(relish, shown, "Skip");
    }
    expect(await storedRows(bot)).toEqual([]);
    for (let count = 0; count < 2; count += 1) {
      expect(skipped).not.toContain(imageIn(shown));
      shown = await press(relish, shown, HOTDOG);
    }
    const { images } = await answerAll(relish, shown);
    expect(images).toEqual(skipped);
    expect(new Set((await storedRows(bot)).map(({ image }) => image))).toEqual(new Set(names));
  });

  it("stays at the only image that needs answers, and says so", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(1);
    const relish = bot.discord.user("relish");
    const shown = await relish.command("label").answer();
    const same = await press(relish, shown, "Skip");
    expect(imageIn(same)).toBe(imageIn(shown));
    expect(textOf(same)).toContain("No other image needs answers at the moment.");
  });
});

describe("Back", () => {
  it("shows earlier answers, any number of steps, over a restart; another press replaces one", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(5);
    const relish = bot.discord.user("relish");
    const first = await relish.command("label").answer();
    const second = await press(relish, first, HOTDOG);
    const third = await press(relish, second, NOT_HOTDOG);
    await bot.stopWorkers();
    bot.startWorker();

    const atSecond = await press(relish, third, "Back");
    expect(imageIn(atSecond)).toBe(imageIn(second));
    expect(textOf(atSecond)).toContain("Your answer: **0 · not hot dog**");
    expect(
      buttonsIn(atSecond)
        .map(({ style }) => style === ButtonStyle.Primary)
        .slice(0, 2),
    ).toEqual([true, false]);
    const atFirst = await press(relish, atSecond, "Back");
    expect(imageIn(atFirst)).toBe(imageIn(first));
    expect(() => relish.press(atFirst, "Back")).toThrow("disabled");

    const goneOn = await press(relish, atFirst, NOT_HOTDOG);
    expect(imageIn(goneOn)).toBe(imageIn(third));
    expect(textOf(goneOn)).toContain("**2 images**");
    const rows = await storedRows(bot);
    expect(rows.map(({ label }) => label)).toEqual(["1", "0", "0"]);
    expect(rows[2]?.image).toBe(rows[0]?.image);
    // The last answer is now the replaced one.
    const again = await press(relish, goneOn, "Back");
    expect(imageIn(again)).toBe(imageIn(first));
    expect(imageIn(await press(relish, again, "Skip"))).toBe(imageIn(third));
  });

  it("passes over images that were removed", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(3);
    const relish = bot.discord.user("relish");
    const first = await relish.command("label").answer();
    const second = await press(relish, first, HOTDOG);
    await bot.store.delete(`images/${imageIn(first)}`);
    const back = await press(relish, second, "Back");
    expect(imageIn(back)).toBe(imageIn(second));
    expect(textOf(back)).toContain("There is no earlier image to go back to.");
  });
});

describe("Done", () => {
  it("says how many images were answered, and offers the progress and going on", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const relish = bot.discord.user("relish");
    const first = await relish.command("label").answer();
    const second = await press(relish, first, HOTDOG);
    const third = await press(relish, second, HOTDOG);
    const done = await press(relish, third, "Done");
    expect(textOf(done)).toContain("You answered 2 images");
    const progress = await relish.press(done, "Progress").answer();
    expect(isPrivate(progress)).toBe(true);
    expect(textOf(progress)).toContain(
      "**Images:** 0 of 4 settled (0%), 2 with too few answers, 2 with none yet",
    );
    const goneOn = await press(relish, done, "Go on");
    expect([imageIn(first), imageIn(second)]).not.toContain(imageIn(goneOn));
    const after = await press(relish, goneOn, HOTDOG);
    expect(textOf(await press(relish, after, "Done"))).toContain("You answered 1 image");
  });
});

describe("a project", () => {
  it("with more than 4 labels is labeled alone with a select menu", async () => {
    await using bot = await hotdogBot();
    const labels = ["🐱 Cat", "🐶 Dog", "Bird", "Fish", "Horse", "Cow"].join("\n");
    const { id } = await createProject(bot, { form: { ...CATS, labels }, images: 3 });
    const relish = bot.discord.user("relish");
    const round = await relish.command("round").answer();
    const first = await relish.press(round, "Label alone").answer();
    expect(isPrivate(first)).toBe(true);
    expect(textOf(first)).toContain(String.raw`Cat\, dog or neither\?`);
    const [select] = selectsIn(first);
    expect(select?.options.map(({ label }) => label)).toEqual(["Cat", "Dog", "Bird", "Fish", "Horse", "Cow"]);
    relish.select(first, "Your answer", ["Cow"]);
    const second = await changed(relish, first);
    const third = await press(relish, second, "Not sure");
    const unsure = await press(relish, third, "Back");
    expect(textOf(unsure)).toContain("Your answer: **Not sure**");
    const back = await press(relish, unsure, "Back");
    expect(textOf(back)).toContain("Your answer: **Cow**");
    expect(selectsIn(back)[0]?.options.find((option) => option.default)?.label).toBe("Cow");
    expect((await storedRows(bot, `projects/${id}/`)).map(({ label }) => label)).toEqual(["5", "unsure"]);
    expect(await bot.store.list("labels/")).toEqual([]);
  });

  it("takes no more answers alone when it is closed", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot, { images: 2 });
    const relish = bot.discord.user("relish");
    const shown = await relish.command("label").answer();
    await projectIndex(bot.store, { log: bot.log, now: Date.now, random: Math.random }).close(id, Date.now());
    await bot.stopWorkers();
    bot.startWorker();
    relish.press(shown, "Cat");
    await relish.waitForMessage(({ content }) => content.includes("This channel’s project is closed"));
    expect(await storedRows(bot, `projects/${id}/`)).toEqual([]);
  });
});
