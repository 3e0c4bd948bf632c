import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import type { Answers } from "../../src/worker/answers.ts";
import { labelFile } from "../../src/project/label-file.ts";
import { hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { hotdogBot, LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { CATS, componentsIn, createProject, textOf } from "./channel-project.ts";
import { makeGold } from "./gold-answers.ts";
import { changed, imageIn, press, storedRows } from "./labeling-alone.ts";

const HOTDOG = "1 · hot dog";
const NOT_HOTDOG = "0 · not hot dog";
const RIGHT = "✓ That was a check, and you were right.";
const WRONG = "✗ That was a check. Correct: **1 · hot dog**";

const verdictIn = (message: APIMessage): string | undefined =>
  [RIGHT, WRONG].find((text) => textOf(message).includes(text));
const isVerdict = (message: APIMessage): boolean => textOf(message).includes("That was a check");

/** A bot refuses more presses of one person in a second. A new one has no memory of them. */
const PRESSES_PER_BOT = 9;

/** Presses a button many times, and resolves with what the message showed each time, and with what it shows then. */
async function answerMany(
  bot: HotdogBot,
  starts: readonly APIMessage[],
  { presses, button }: { presses: number; button: (count: number) => string },
): Promise<{ asked: APIMessage[]; told: APIMessage[] }> {
  const relish = bot.discord.user("relish");
  const shown = [...starts];
  const asked: APIMessage[] = [];
  const told: APIMessage[] = [];
  for (let count = 0; count < presses; count += 1) {
    if (count % PRESSES_PER_BOT === 0) await bot.restartBot();
    const message = shown.shift();
    if (message === undefined) throw new Error("no window");
    const next = await press(relish, message, button(count));
    asked.push(message);
    told.push(next);
    shown.push(next);
  }
  return { asked, told };
}

interface Gold {
  gold: ReadonlySet<string>;
  first: APIMessage;
}

/** Adds images of which the first are hot dogs and gold, and lets Relish begin. */
async function begin(bot: HotdogBot, { gold, others }: { gold: number; others: number }): Promise<Gold> {
  const images = (await bot.addImages(gold + others)).slice(0, gold);
  await makeGold(bot, images);
  return { gold: new Set(images), first: await bot.discord.user("relish").command("label").answer() };
}

/** Number of gold images in each whole block. */
function goldPerBlock(isGold: readonly boolean[], size: number): number[] {
  const blocks = Math.floor(isGold.length / size);
  return Array.from(
    { length: blocks },
    (_, block) => isGold.slice(block * size, (block + 1) * size).filter(Boolean).length,
  );
}

/** Answers or skips until the message shows a gold image. */
async function untilGold(
  person: ScriptedUser,
  { gold, first }: Gold,
  button = NOT_HOTDOG,
  options?: { locale: string },
): Promise<APIMessage> {
  let shown = first;
  while (!gold.has(imageIn(shown) ?? "")) shown = await press(person, shown, button, options);
  return shown;
}

describe("gold images in /label", () => {
  it("come once in 5 images, for two workers too, and with the next image people read whether they were right", async () => {
    await using bot = await hotdogBot();
    const { gold, first } = await begin(bot, { gold: 6, others: 30 });
    bot.startWorker();
    const button = (count: number): string => (count % 2 === 0 ? HOTDOG : NOT_HOTDOG);
    const { asked, told } = await answerMany(bot, [first], { presses: 25, button });
    const isGold = asked.map((message) => gold.has(imageIn(message) ?? ""));
    expect(goldPerBlock(isGold, 5)).toEqual([1, 1, 1, 1, 1]);
    expect(told.map(verdictIn)).toEqual(
      isGold.map((each, count) => (each ? [RIGHT, WRONG][count % 2] : undefined)),
    );
    expect(new Set(asked.map(imageIn)).size).toBe(25);
  });

  it("come once in 20 images after the tenth answer to one, those of earlier answers included", async () => {
    await using bot = await hotdogBot();
    const images = await bot.addImages(12 + 40);
    const gold = new Set(images.slice(0, 12));
    await makeGold(bot, [...gold]);
    const relish = bot.discord.user("relish");
    const { labeler, ...person } = pseudonymizer(hotdogKeys(LABELER_SECRET))(relish.id);
    const labels = labelFile(bot.store, { log: bot.log, now: Date.now, random: Math.random });
    for (const [index, image] of [...gold].slice(0, 10).entries())
      await labels.append({ id: String(index + 1), image, label: 1, labeler, round: "1" }, person);
    const first = await relish.command("label").answer();
    const { asked } = await answerMany(bot, [first], { presses: 40, button: () => HOTDOG });
    expect(
      goldPerBlock(
        asked.map((message) => gold.has(imageIn(message) ?? "")),
        20,
      ),
    ).toEqual([1, 1]);
  });

  it("cannot be told from others before the answer", async () => {
    const reads: { image: string; what: string; during: number }[] = [];
    let pressed = 0;
    const watched = (store: ObjectStore): ObjectStore => {
      const note = (key: string, what: string): void => {
        if (key.startsWith("images/")) reads.push({ image: key.slice(7), what, during: pressed });
      };
      return {
        ...store,
        get: (key) => (note(key, "get"), store.get(key)),
        head: (key) => (note(key, "head"), store.head(key)),
      };
    };
    await using bot = await hotdogBot({ rateLimits: false, store: watched });
    const { gold, first } = await begin(bot, { gold: 8, others: 60 });
    const { asked } = await answerMany(bot, [first], {
      presses: 40,
      button() {
        pressed += 1;
        return HOTDOG;
      },
    });
    const seen = asked.map((message) => ({ image: imageIn(message) ?? "", shape: shapeOf(message) }));
    // The first image is not prepared, and its message says that nothing is answered yet.
    const prepared = seen.slice(1, -1);
    const golds = prepared.filter(({ image }) => gold.has(image));
    const others = prepared.filter(({ image }) => !gold.has(image));
    expect(golds.length).toBeGreaterThanOrEqual(6);
    expect([...new Set([...golds, ...others].map(({ shape }) => shape))]).toHaveLength(1);
    // Each image is read once, when its picture is prepared: during the press before it is shown.
    const readsOf = ({ image }: { image: string }): string[] => {
      const at = seen.findIndex((each) => each.image === image);
      const own = reads.filter((read) => read.image === image && read.during !== at);
      return own.map(({ what, during }) => `${what} ${during - at}`);
    };
    for (const each of prepared) expect(readsOf(each)).toEqual(["get -1"]);
    const edits = bot.discord.traffic().filter(({ title }) => /^PATCH .*@original/.test(title));
    expect(edits).toHaveLength(asked.length + 1);
  });

  it("are judged by the first answer alone: a changed one is told nothing", async () => {
    await using bot = await hotdogBot();
    const begun = await begin(bot, { gold: 3, others: 12 });
    const relish = bot.discord.user("relish");
    const asked = await untilGold(relish, begun);
    const wrong = await press(relish, asked, NOT_HOTDOG);
    expect(textOf(wrong)).toContain(WRONG);
    const back = await press(relish, wrong, "Back");
    expect(imageIn(back)).toBe(imageIn(asked));
    const corrected = await press(relish, back, HOTDOG);
    expect(imageIn(corrected)).toBe(imageIn(wrong));
    expect(isVerdict(corrected)).toBe(false);
  });

  it("that are skipped are told nothing, and return after all others", async () => {
    await using bot = await hotdogBot();
    const begun = await begin(bot, { gold: 1, others: 8 });
    const relish = bot.discord.user("relish");
    const asked = await untilGold(relish, begun, "Skip");
    const seen = new Set<string | undefined>();
    let shown = await press(relish, asked, "Skip");
    expect(isVerdict(shown)).toBe(false);
    while (imageIn(shown) !== imageIn(begun.first)) {
      expect(imageIn(shown)).not.toBe(imageIn(asked));
      seen.add(imageIn(shown));
      shown = await press(relish, shown, "Skip");
    }
    const again = await untilGold(relish, { gold: begun.gold, first: shown }, "Skip");
    expect(imageIn(again)).toBe(imageIn(asked));
    expect(await storedRows(bot)).toEqual([]);
  });

  it("that somebody has answered in a round are not shown, and are not among the images that need answers", async () => {
    await using bot = await hotdogBot();
    const images = await bot.addImages(4);
    const relish = bot.discord.user("relish");
    const round = await relish.command("hotdog").answer();
    for (const button of componentsIn(round).flatMap((component) =>
      "label" in component && component.label === HOTDOG && "custom_id" in component
        ? [String(component.custom_id)]
        : [],
    ))
      await relish.press(round, button).answer();
    await makeGold(bot, images.slice(0, 2));
    await bot.stopWorkers();
    bot.startWorker();
    const mustard = bot.discord.user("mustard");
    const seen = new Set<string | undefined>();
    let shown = await mustard.command("label").answer();
    while (imageIn(shown) !== undefined) {
      seen.add(imageIn(shown));
      shown = await press(mustard, shown, HOTDOG);
    }
    expect(new Set(images.slice(2)).isSubsetOf(seen)).toBe(true);
    expect(textOf(await relish.command("label").answer())).toContain("You have answered everything");
  });

  it("in two windows are two different ones, and each is shown once", async () => {
    await using bot = await hotdogBot();
    const { gold, first } = await begin(bot, { gold: 6, others: 40 });
    const relish = bot.discord.user("relish");
    const second = await relish.command("label").answer();
    await answerMany(bot, [first, second], { presses: 28, button: () => HOTDOG });
    const images = (await storedRows(bot)).map(({ image }) => image);
    expect(new Set(images).size).toBe(28);
    expect(images.filter((image) => gold.has(image)).length).toBeGreaterThanOrEqual(5);
  });

  it("are told the same by a redelivery, after a worker was killed between the row and the edit", async () => {
    let kill = false;
    const killing = (answers: Answers): Answers => ({
      ...answers,
      messages: {
        ...answers.messages,
        async edit(message, change) {
          if (kill) {
            kill = false;
            throw new Error("killed");
          }
          await answers.messages.edit(message, change);
        },
      },
    });
    await using bot = await hotdogBot({ answers: killing });
    const begun = await begin(bot, { gold: 3, others: 12 });
    const relish = bot.discord.user("relish");
    const asked = await untilGold(relish, begun);
    const rows = (await storedRows(bot)).length;
    kill = true;
    const next = await press(relish, asked, NOT_HOTDOG);
    expect(bot.logged()).toContain("failed; it will be retried");
    expect(textOf(next)).toContain(WRONG);
    expect(imageIn(next)).not.toBe(imageIn(asked));
    await until(async () => expect(await storedRows(bot)).toHaveLength(rows + 1));
  });

  it("that nobody can answer surely say what they are, in the project's own words and in French", async () => {
    await using bot = await hotdogBot();
    const long = "a".repeat(37);
    const { id } = await createProject(bot, { form: { ...CATS, labels: `Cat\n🐶 ${long}` }, images: 8 });
    const prefix = `projects/${id}/`;
    const images = (await bot.store.list(`${prefix}images/`)).map(({ key }) => key.split("/").at(-1) ?? "");
    await makeGold(bot, images.slice(0, 2), { prefix });
    const relish = bot.discord.user("relish");
    const first = await relish.command("label", {}, { locale: "fr" }).answer();
    const asked = await untilGold(relish, { gold: new Set(images.slice(0, 2)), first }, "Cat", {
      locale: "fr",
    });
    relish.press(asked, "Je ne sais pas", { locale: "fr" });
    const next = await changed(relish, asked);
    expect(textOf(next)).toContain(`-# Contrôle. Bonne réponse : **🐶 ${"a".repeat(19)}…**`);
    expect(textOf(next).split("\n")).toHaveLength(3);
  });
});

/** Everything about a message that a client can see before the answer, without what differs for every image. */
function shapeOf(message: APIMessage): string {
  const image = imageIn(message);
  expect(image).toBeDefined();
  return JSON.stringify(withoutVerdict(message).components, (key, value: unknown) => {
    if (typeof value !== "string") return typeof value === "number" && ["size"].includes(key) ? 0 : value;
    if (key === "custom_id") return value.replace(/[\w-]{43}(?=[JPW])/, "#");
    if (key === "url" || key === "proxy_url") return new URL(value).pathname.split("/").at(-1);
    return value.replaceAll(/\d+/g, "N").replaceAll(/images?\b/g, "image");
  }).replaceAll(/"(?:id|attachment_id|placeholder)":"?[^,}]+/g, "");
}

/** The message with the usual line instead of the verdict on the image before. */
function withoutVerdict(message: APIMessage): APIMessage {
  const text = JSON.stringify(message).replaceAll(
    /[✓✗] That was a check[^"\\]*/g,
    "To change your last answer, press Back.",
  );
  return JSON.parse(text) as APIMessage;
}
