import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../src/labeling/export-formats.ts";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import {
  buttonsIn,
  CATS,
  componentsIn,
  createProject,
  isPrivate,
  selectsIn,
  textOf,
} from "./channel-project.ts";

async function keysIn({ store }: HotdogBot, prefix: string): Promise<string[]> {
  return (await store.list(prefix)).map(({ key }) => key);
}

/** Presses the nth button of a round. */
async function press(person: ScriptedUser, round: APIMessage, number: number): Promise<string> {
  return (await person.press(round, buttonsIn(round)[number]?.custom_id ?? "").answer()).content;
}

describe("a channel", () => {
  it("becomes a project, whose images people label, and whose answers are counted and exported", async () => {
    await using bot = await hotdogBot();
    const { discord } = bot;
    const { id, announcement } = await createProject(bot, { images: 3 });
    expect(isPrivate(announcement)).toBe(false);
    expect(announcement.content).toContain("This channel is now a labeling project");
    expect(announcement.content.match(/\*\*added\*\*/g)).toHaveLength(3);
    expect(announcement.content).not.toContain("/round");
    expect(textOf(announcement)).toContain(String.raw`Cat\, dog or neither\?`);
    expect(textOf(announcement)).toContain("- Cat\n- Dog\n- Neither\n- Not sure\n");
    expect(textOf(announcement)).toContain("Everyone can add images");
    expect(await keysIn(bot, "images/")).toEqual([]);
    expect(await keysIn(bot, `projects/${id}/images/`)).toHaveLength(3);

    const round = await discord.user("relish").command("round").answer();
    expect(textOf(round)).toContain(String.raw`Cat\, dog or neither\?`);
    expect(buttonsIn(round).map((button) => ("label" in button ? button.label : ""))).toEqual(
      Array.from({ length: 3 }, () => ["Cat", "Dog", "Neither", "Not sure"]).flat(),
    );
    const [relish, ann] = [discord.user("relish"), discord.visitor("Ann")];
    expect(await press(relish, round, 2)).toContain("Saved: image 1 is **Neither**");
    expect(await press(relish, round, 7)).toContain("Saved: you are **not sure** about image 2");
    expect(await press(ann, round, 2)).toContain("**Neither**");
    expect(await press(ann, round, 4)).toContain("image 2 is **Cat**");
    expect(await keysIn(bot, "labels/")).toEqual([]);
    const stored = (await bot.store.get(`projects/${id}/labels/00000.csv`))?.body.toString() ?? "";
    expect(stored.split("\r\n").map((row) => row.split(",")[3])).toEqual([
      "label",
      "2",
      "unsure",
      "2",
      "0",
      undefined,
    ]);
    expect(await keysIn(bot, "people/")).toHaveLength(2 + 1);

    const progress = textOf(await discord.user("relish").command("progress").answer());
    expect(progress).toContain("**Images:** 1 of 3 settled (33%), 1 with too few answers");
    expect(progress).toContain("**Answers:** 4 (1 of them “Not sure”), by 2 people");
    for (const format of EXPORT_FORMATS.filter((one) => one !== "ground-truth")) {
      const sent = await discord.user("ketchup").command("export", { format }).answer();
      expect(isPrivate(sent)).toBe(true);
      expect(sent.attachments.length).toBeGreaterThan(0);
    }
    const info = await discord.user("relish").command("project info").answer();
    expect(textOf(info)).toContain("3 images, 4 answers by 2 people");
    expect(textOf(info)).toContain(id);
  });

  it("shows hot dogs in a round as long as it has no project", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(1);
    const round = await bot.discord.user("relish").command("round").answer();
    expect(textOf(round)).toContain("Hot dog or not?");
    expect(await press(bot.discord.user("relish"), round, 1)).toContain("**1 · hot dog**");
  });

  it("says how to add images while its project has none", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(1);
    await createProject(bot);
    const empty = await bot.discord.user("relish").command("round", {}, { locale: "fr" }).answer();
    expect(empty.content).toContain("projet de ce salon. Ajoutez-en avec `/upload`");
    expect(isPrivate(empty)).toBe(true);
    expect(textOf(await bot.discord.user("relish").command("hotdog").answer())).toContain("Hot dog or not?");
  });
});

describe("a round", () => {
  it("has a select menu below each image for more than 4 labels", async () => {
    await using bot = await hotdogBot();
    const labels = ["🐱 Cat", "🐶 Dog", "Bird", "Fish", "Horse", "Cow"].join("\n");
    const { id } = await createProject(bot, { form: { ...CATS, labels }, images: 4 });
    const relish = bot.discord.user("relish");
    const round = await relish.command("round").answer();
    expect(buttonsIn(round)).toEqual([]);
    const [first, ...others] = selectsIn(round);
    expect(others).toHaveLength(3);
    expect(first?.placeholder).toBe("Your answer to image 1");
    expect(first?.options[0]).toMatchObject({ label: "Cat", value: "0", emoji: { name: "🐱" } });
    expect(first?.options.map(({ value }) => value)).toEqual(["0", "1", "2", "3", "4", "5", "unsure"]);
    const chosen = await relish.select(round, first?.custom_id ?? "", ["5"]).answer();
    expect(chosen.content).toContain("image 1 is **Cow**");
    const unsure = await relish.select(round, others[0]?.custom_id ?? "", ["unsure"]).answer();
    expect(unsure.content).toContain("**not sure** about image 2");
    const stored = (await bot.store.get(`projects/${id}/labels/00000.csv`))?.body.toString() ?? "";
    expect(stored.match(/,(?:5|unsure),/g)).toEqual([",5,", ",unsure,"]);
  });

  it("fits into Discord's limits with 4 labels, Not sure and 4 images", async () => {
    await using bot = await hotdogBot();
    const labels = ["a", "b", "c", "d"].map((letter) => letter.repeat(40)).join("\n");
    await createProject(bot, { form: { ...CATS, labels }, images: 4 });
    const round = await bot.discord.user("relish").command("round").answer();
    expect(buttonsIn(round)).toHaveLength(20);
    expect(componentsIn(round).length).toBe(36);
  });

  it("shows emoji as text where Discord refuses them", async () => {
    await using bot = await hotdogBot();
    const labels = "<:cat:1573801018263601152> Cat\n🐶 Dog";
    await createProject(bot, { form: { ...CATS, labels, unsure: false }, images: 1 });
    const relish = bot.discord.user("relish");
    const round = await relish.command("round").answer();
    expect(buttonsIn(round)).toMatchObject([
      { label: "Cat", emoji: { id: "1573801018263601152", name: "cat" } },
      { label: "Dog", emoji: { name: "🐶" } },
    ]);
    bot.discord.fault({
      method: "PATCH",
      path: /@original/,
      times: 2,
      act: { status: 400, code: 50_035 },
    });
    const asText = await relish.command("round").answer();
    expect(buttonsIn(asText)).toMatchObject([{ label: ":cat: Cat" }, { label: "🐶 Dog" }]);
    expect(await press(relish, asText, 0)).toContain("**<:cat:1573801018263601152> Cat**");
  });
});
