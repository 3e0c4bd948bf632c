import { ButtonStyle, ComponentType, REST, Routes, type APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { encodeCustomId, imagesOnButtons, type CustomId } from "../../src/jobs/custom-id.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { createProject, isPrivate, selectsIn, textOf } from "./channel-project.ts";
import { choose, chosenIn, goldRows, makeGold } from "./gold-answers.ts";

const COMMAND = "Set gold answer";

/** Opens the panel on a round as a moderator of the first server. */
async function openPanel({ discord }: HotdogBot, message: APIMessage): Promise<APIMessage> {
  return discord.user("ketchup").messageCommand(COMMAND, message).answer();
}

async function hotdogRound(bot: HotdogBot): Promise<APIMessage> {
  await bot.addImages(4);
  return bot.discord.user("relish").command("hotdog").answer();
}

/** Posts a message with buttons as a bot of any version may have posted it. */
async function formerMessage({ discord }: HotdogBot, customIds: readonly string[]): Promise<APIMessage> {
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  const buttons = customIds.map((custom_id) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: "old",
    custom_id,
  }));
  const body = { content: "old", components: [{ type: ComponentType.ActionRow, components: buttons }] };
  return (await rest.post(Routes.channelMessages(discord.channelId), { body })) as APIMessage;
}

describe("Set gold answer", () => {
  it("shows each image of a round with a select menu, privately, and saves what is chosen", async () => {
    await using bot = await hotdogBot();
    const round = await hotdogRound(bot);
    const [first = "", second = ""] = imagesOnButtons(round.components ?? []);
    const panel = await openPanel(bot, round);
    expect(isPrivate(panel)).toBe(true);
    expect(panel.attachments).toHaveLength(0);
    expect(selectsIn(panel).map(({ options }) => options.map(({ label }) => label))).toEqual(
      Array.from({ length: 4 }, () => ["0 · not hot dog", "1 · hot dog", "No gold answer"]),
    );
    expect(chosenIn(panel)).toEqual(Array.from({ length: 4 }, () => "No gold answer"));
    await choose(bot, "ketchup", panel, { image: 1, answer: "1 · hot dog" });
    const shown = await choose(bot, "ketchup", panel, { image: 2, answer: "0 · not hot dog" });
    expect(textOf(shown)).toContain("**Image 1**\nGold answer: **1 · hot dog**");
    expect(textOf(shown)).toContain("**Image 2**\n**Saved.** Gold answer: **0 · not hot dog**");
    const after = await choose(bot, "ketchup", panel, { image: 1, answer: "No gold answer" });
    expect(textOf(after)).toContain("**Image 1**\n**Saved.** No gold answer");
    expect((await goldRows(bot)).map(([, , image, label]) => [image, label])).toEqual([
      [first, "1"],
      [second, "0"],
      [first, ""],
    ]);
    // Another panel begins with what is saved.
    expect(chosenIn(await openPanel(bot, round))).toEqual([
      "No gold answer",
      "0 · not hot dog",
      "No gold answer",
      "No gold answer",
    ]);
  });

  it("keeps no trace of who has set it", async () => {
    await using bot = await hotdogBot();
    const panel = await openPanel(bot, await hotdogRound(bot));
    await choose(bot, "ketchup", panel, { image: 3, answer: "1 · hot dog" });
    const stored = (await bot.store.get("gold/00000.csv"))?.body.toString() ?? "";
    expect(stored.split("\r\n")[0]).toBe("id,set_at,image,label");
    expect(await bot.store.list("people/")).toEqual([]);
    expect((await bot.store.list("")).map(({ key }) => key.split("/")[0])).not.toContain("labels");
  });

  it("is about the project of the channel, whose other members cannot use it", async () => {
    await using bot = await hotdogBot();
    const labels = ["🐱 Cat", "🐶 Dog", "Bird", "Fish", "Horse", "Cow"].join("\n");
    const form = { question: "Which?", labels, unsure: true };
    const { id } = await createProject(bot, { form, images: 4 });
    const relish = bot.discord.user("relish");
    const round = await relish.command("round").answer();
    const refused = await relish.messageCommand(COMMAND, round).answer();
    expect(refused.content).toBe(
      "Only members who can manage messages here can do this in this channel’s project.",
    );
    const panel = await bot.discord.user("mustard").messageCommand(COMMAND, round).answer();
    expect(selectsIn(panel)[0]?.options.map(({ label }) => label)).toEqual([
      "Cat",
      "Dog",
      "Bird",
      "Fish",
      "Horse",
      "Cow",
      "No gold answer",
    ]);
    await choose(bot, "mustard", panel, { image: 4, answer: "Cow" });
    expect((await goldRows(bot, `projects/${id}/`)).map(([, , , label]) => label)).toEqual(["5"]);
    expect(await bot.store.list("gold/")).toEqual([]);
  });

  it("is for the hot dogs what removing them is: for moderators of the home server", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const { discord } = bot;
    const channelId = discord.guilds[1]?.channels[0]?.id ?? "";
    const mustard = discord.user("mustard");
    const round = await mustard.command("hotdog", {}, { channelId }).answer();
    // Mustard owns the second server, and Ketchup the application.
    const refused = await mustard.messageCommand(COMMAND, round, { locale: "fr" }).answer();
    expect(refused.content).toContain("les modérateurs de son serveur d’origine, peuvent faire cela");
  });

  it("works on rounds of all earlier versions", async () => {
    await using bot = await hotdogBot();
    const [image = ""] = await bot.addImages(1);
    const round = "1573801018263601152";
    const press: CustomId = { kind: "press", round, position: 1, image, project: null, label: 1 };
    for (const customId of [`press:${round}:1:1:${image}`, encodeCustomId(press)]) {
      const panel = await openPanel(bot, await formerMessage(bot, [customId]));
      await choose(bot, "ketchup", panel, { image: 1, answer: "1 · hot dog" });
    }
    expect((await goldRows(bot)).map((row) => row[2])).toEqual([image, image]);
  });

  it("explains itself on a message without images to answer", async () => {
    await using bot = await hotdogBot();
    const [image = ""] = await bot.addImages(1);
    const { discord } = bot;
    const own = discord.user("ketchup").post("hello");
    const upload = await formerMessage(bot, [encodeCustomId({ kind: "remove", image, project: null })]);
    for (const message of [own, upload])
      expect((await openPanel(bot, message)).content).toContain("Choose one of my rounds");
  });

  it("says when an image has left the set meanwhile, and saves nothing", async () => {
    await using bot = await hotdogBot();
    const round = await hotdogRound(bot);
    const panel = await openPanel(bot, round);
    const [first = "", ...others] = imagesOnButtons(round.components ?? []);
    await bot.store.delete(`images/${first}`);
    const ketchup = bot.discord.user("ketchup");
    ketchup.select(panel, selectsIn(panel)[0]?.custom_id ?? "", ["1 · hot dog"]);
    await ketchup.waitForMessage(({ content }) => content.includes("no longer in the set"));
    await ketchup.waitForMessage((message) => message.id === panel.id && selectsIn(message).length === 3);
    expect(await goldRows(bot)).toEqual([]);
    for (const image of others) await bot.store.delete(`images/${image}`);
    const again = await openPanel(bot, round);
    expect(again.content).toBe("None of these images is still in the set.");
  });

  it("shows what two workers have saved in one message, and saves a redelivered choice once", async () => {
    let kills = 2;
    await using bot = await hotdogBot({
      concurrency: 1,
      answers: (answers) => ({
        ...answers,
        messages: {
          ...answers.messages,
          async edit(message, change) {
            kills -= 1;
            if (kills >= 0) throw new Error("killed");
            await answers.messages.edit(message, change);
          },
        },
      }),
    });
    const panel = await openPanel(bot, await hotdogRound(bot));
    bot.startWorker();
    const ketchup = bot.discord.user("ketchup");
    for (const { custom_id } of selectsIn(panel)) ketchup.select(panel, custom_id, ["1 · hot dog"]);
    await until(() => {
      const shown = ketchup.messages().find(({ id }) => id === panel.id);
      expect(shown && chosenIn(shown)).toEqual(Array.from({ length: 4 }, () => "1 · hot dog"));
    });
    await until(() =>
      expect(bot.logged().match(/"kind":"set-gold","attempt":\d,"msg":"done"/g)).toHaveLength(4),
    );
    expect(bot.logged()).toContain("failed; it will be retried");
    expect(await goldRows(bot)).toHaveLength(4);
    const last = ketchup.messages().find(({ id }) => id === panel.id);
    expect(last && chosenIn(last)).toEqual(Array.from({ length: 4 }, () => "1 · hot dog"));
  });
});

describe("/project info", () => {
  it("counts and lists gold images for moderators, and not for others", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot, { images: 4 });
    const prefix = `projects/${id}/`;
    const images = (await bot.store.list(`${prefix}images/`)).map(({ key }) => key.split("/").at(-1) ?? "");
    const [mustard, relish] = [bot.discord.user("mustard"), bot.discord.user("relish")];
    const before = await mustard.command("project info").answer();
    expect(textOf(before)).toContain("**Gold images:** none\n-# Make some with _Apps → Set gold answer_");
    await makeGold(bot, images.slice(0, 2), { label: 0, prefix });
    await makeGold(bot, images.slice(2, 3), { label: 2, prefix });
    const info = await mustard.command("project info").answer();
    const [first, second, third] = [...images.slice(0, 2).toSorted(), ...images.slice(2)].map(
      (image) => `-# \`${image}\``,
    );
    expect(textOf(info)).toContain(
      ["**Gold images:** 3", "Cat: 2", first, second, "Dog: 0", "Neither: 1", third].join("\n"),
    );
    const french = await mustard.command("project info", {}, { locale: "fr" }).answer();
    expect(textOf(french)).toContain("**Images de référence :** 3\nCat : 2\n");
    const forOthers = textOf(await relish.command("project info").answer());
    expect(forOthers).not.toContain("Gold");
    for (const image of images) expect(forOthers).not.toContain(image);
  });

  it("fits into a message however many gold images there are", async () => {
    await using bot = await hotdogBot();
    const labels = Array.from({ length: 10 }, (_, index) => `${index} ${"*_".repeat(19)}`);
    const { id } = await createProject(bot, {
      form: { question: "?".repeat(100), labels: labels.join("\n"), unsure: true },
    });
    const images = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(64, "a")}.webp`);
    await makeGold(bot, images, { label: 9, prefix: `projects/${id}/` });
    const info = await bot.discord.user("mustard").command("project info").answer();
    expect(textOf(info)).toContain("and 30 more images");
  });
});
