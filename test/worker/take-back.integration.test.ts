import { ComponentType, type APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { plainPng } from "../pictures.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { buttonsIn, componentsIn, createProject, isPrivate, picturesOf, textOf } from "./channel-project.ts";
import { firstEditFails } from "./first-edit-fails.ts";
import { removeImage } from "./remove-image.ts";

/** Uploads this many images as relish. */
async function upload(bot: HotdogBot, count: number, where: object = {}): Promise<APIMessage> {
  const images = (await picturesOf(count)).map((image, index) => [
    `image${index === 0 ? "" : index + 1}`,
    image,
  ]);
  return bot.discord.user("relish").command("upload", Object.fromEntries(images), where).answer();
}

const labelsOf = (message: APIMessage): string[] =>
  buttonsIn(message).map((button) => ("label" in button && button.label) || "");

describe("taking an image back", () => {
  it("is done by its sender with a button in the answer, which keeps the other images", async () => {
    await using bot = await hotdogBot();
    const answer = await upload(bot, 3);
    expect(labelsOf(answer)).toEqual(
      [1, 2, 3].map((n) => `Remove ${n}`).concat([1, 2, 3].map((n) => `Take back ${n}`)),
    );
    const done = await bot.discord.user("relish").press(answer, "Take back 2").answer();
    expect(done.id).toBe(answer.id);
    expect(done.content).toMatch(
      /^1\. .* – \*\*added\*\*\n2\. .* – \*\*taken back\*\*; any labels stay\n3\. .* – \*\*added\*\*\n-# /,
    );
    expect(labelsOf(done)).toEqual(["Remove 1", "Remove 3", "Take back 1", "Take back 3"]);
    expect(await bot.store.list("images/")).toHaveLength(2);
  });

  it("is refused to everybody else, also to moderators, who can remove it, and to those of other servers", async () => {
    await using bot = await hotdogBot();
    const answer = await upload(bot, 1);
    const elsewhere = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    const other = await upload(bot, 1, { channelId: elsewhere });
    for (const [name, message] of [
      ["ketchup", answer],
      ["mustard", answer],
      ["mustard", other],
    ] as const) {
      const refused = await bot.discord.user(name).press(message, "Take back 1").answer();
      expect(isPrivate(refused)).toBe(true);
      expect(refused.content).toContain("Only the person who added this image can take it back");
    }
    expect(await bot.store.list("images/")).toHaveLength(2);
    expect((await removeImage(bot, "mustard", answer)).content).toContain("**removed**");
  });

  it("says in the answer's language that the image is gone when a moderator was faster", async () => {
    await using bot = await hotdogBot();
    const answer = await upload(bot, 1, { locale: "fr" });
    for (const { key } of await bot.store.list("images/")) await bot.store.delete(key);
    const done = await bot.discord.user("relish").press(answer, "Reprendre 1").answer();
    expect(done.content).toContain("– **retirée** de la collection");
    expect(done.components).toEqual([]);
  });

  it("is shown once in the answer when the job is redelivered and another worker is at it, too", async () => {
    await using bot = await hotdogBot({
      answers: firstEditFails(),
    });
    bot.startWorker();
    const answer = await upload(bot, 2);
    const relish = bot.discord.user("relish");
    relish.press(answer, "Take back 1");
    relish.press(answer, "Take back 2");
    const shown = await relish.waitForMessage(
      ({ id, components }) => id === answer.id && components?.length === 0,
      {
        timeout: 20_000,
      },
    );
    expect(shown.content.match(/\*\*taken back\*\*/g)).toHaveLength(2);
    expect(await bot.store.list("images/")).toEqual([]);
  });

  it("works after the 15 minutes of its press, and in a direct message", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const answer = await upload(bot, 1, { dm: true });
    expect(labelsOf(answer)).toEqual(["Take back 1"]);
    await bot.stopWorkers();
    relish.press(answer, "Take back 1");
    await until(() => expect(bot.logged()).toContain('"kind":"take-back","msg":"queued"'));
    bot.advance(16 * 60_000);
    bot.startWorker();
    const shown = await relish.waitForMessage(({ content }) => content.includes("**taken back**"));
    expect(shown.id).toBe(answer.id);
    expect(await bot.store.list("images/")).toEqual([]);
  });

  it("keeps the image's labels, and its row", async () => {
    await using bot = await hotdogBot();
    const answer = await upload(bot, 1);
    const round = await bot.discord.user("ketchup").command("hotdog").answer();
    await bot.discord.user("ketchup").press(round, "1 · hot dog").answer();
    await bot.discord.user("relish").press(answer, "Take back 1").answer();
    const mine = await bot.discord.user("relish").command("my-data").answer();
    expect(mine.content).toContain("**1 entry** for images");
    expect((await bot.store.list("labels/")).length).toBe(1);
  });
});

describe("the images that a person added", () => {
  /** Opens the list from /my-data. */
  async function list(bot: HotdogBot, options: { locale?: string; dm?: boolean } = {}): Promise<APIMessage> {
    const relish = bot.discord.user("relish");
    const mine = await relish.command("my-data", {}, options).answer();
    const label = options.locale === "fr" ? "Mes images" : "Images I added";
    return relish.press(mine, label, options).answer();
  }

  const picturesIn = (message: APIMessage): number =>
    componentsIn(message).filter(({ type }) => type === ComponentType.MediaGallery).length;

  it("are listed privately with pictures, page by page, and without those that are gone", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    await upload(bot, 10);
    const [gone] = await bot.store.list("images/");
    await bot.store.delete(gone?.key ?? "");
    const first = await list(bot);
    expect(isPrivate(first)).toBe(true);
    expect(picturesIn(first)).toBe(8);
    expect(textOf(first)).toMatch(/`\d+\.png`, Hot dogs, <t:\d+:D>/);
    expect(labelsOf(first).filter((label) => label !== "Take back")).toEqual(["Older"]);
    const second = await relish.press(first, "Older").answer();
    expect(second.id).toBe(first.id);
    expect(picturesIn(second)).toBe(1);
    const none = await relish.press(second, "Take back").answer();
    // The only image of the second page is gone, so the first one is shown.
    expect(picturesIn(none)).toBe(8);
    expect(labelsOf(none)).not.toContain("Older");
    expect(await bot.store.list("images/")).toHaveLength(8);
  });

  it("can be taken back one after the other, until none is left, and others' images are not listed", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    await bot.discord
      .user("ketchup")
      .command("upload", { image: { name: "k.png", bytes: await plainPng(1) } })
      .answer();
    await upload(bot, 2);
    const shown = await list(bot);
    expect(picturesIn(shown)).toBe(2);
    expect(picturesIn(await relish.press(shown, "Take back").answer())).toBe(1);
    const last = await relish.press(shown, "Take back").answer();
    expect(textOf(last)).toBe("None of the images you added is still in the set.");
    expect(await bot.store.list("images/")).toHaveLength(1);
  });

  it("include those of projects of other channels, also of closed ones, in French and in direct messages", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot);
    await upload(bot, 1);
    const close = await bot.discord.user("ketchup").command("project close").answer();
    bot.discord.user("ketchup").press(close, encodeCustomId({ kind: "close-project", project: id }));
    await until(() => expect(bot.logged()).toMatch(/"kind":"close-project".*"msg":"done"/));
    const shown = await list(bot, { locale: "fr", dm: true });
    expect(textOf(shown)).toContain(`Cat\\, dog or neither\\? dans <#${bot.discord.channelId}>`);
    await bot.discord.user("relish").press(shown, "Reprendre", { locale: "fr" }).answer();
    expect(await bot.store.list(`projects/${id}/images/`)).toEqual([]);
  });
});
