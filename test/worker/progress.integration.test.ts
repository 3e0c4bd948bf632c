import { ComponentType, MessageFlags, type APIContainerComponent, type APIMessage } from "discord.js";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { headerLine, rowLine } from "../../src/append-log/csv.ts";
import { LABEL_TABLE } from "../../src/project/label-file.ts";
import type { ProgressJob } from "../../src/jobs/progress.ts";
import { answers } from "../../src/worker/answers.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { newId } from "../append-log/rows.ts";
import { until } from "../until.ts";

const DAY = 24 * 60 * 60 * 1000;

/** @param answers as "image person label", where an image is its number among these names */
async function giveAnswers(
  { store }: HotdogBot,
  names: string[],
  given: string[],
  at?: number,
): Promise<void> {
  const rows = given.map((answer) => {
    const [image, labeler = "", label = ""] = answer.split(" ");
    const row = {
      id: newId(at),
      labeled_at: "",
      image: names[Number(image)] ?? "",
      label,
      labeler,
      round: "1",
    };
    return rowLine(LABEL_TABLE.columns, row);
  });
  await store.put("labels/00000.csv", Buffer.concat([headerLine(LABEL_TABLE.columns), ...rows]));
}

/** Another person each time, because of the rate limit. */
async function ask(bot: HotdogBot, locale = "en-US"): Promise<APIMessage> {
  return bot.discord.visitor("Ann").command("progress", {}, { locale }).answer();
}

function componentsOf(message: APIMessage): APIContainerComponent["components"] {
  const [container] = message.components ?? [];
  if (container?.type !== ComponentType.Container) throw new Error("the answer is no container");
  return container.components;
}

function textOf(message: APIMessage): string {
  return componentsOf(message)
    .flatMap((component) => (component.type === ComponentType.TextDisplay ? component.content : []))
    .join("\n");
}

function pictureOf(message: APIMessage): { url: string; alt: string } | undefined {
  const gallery = componentsOf(message).find(({ type }) => type === ComponentType.MediaGallery);
  if (gallery?.type !== ComponentType.MediaGallery) return undefined;
  const [item] = gallery.items;
  return { url: item?.media.url ?? "", alt: item?.description ?? "" };
}

describe("/progress", () => {
  it("replaces its failure message when its dead letter is retried", async () => {
    let broken = true;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async list(...of) {
          if (broken) throw new Error("the store is away");
          return store.list(...of);
        },
      }),
    });
    const failed = await ask(bot);
    expect(failed.content).toContain("something went wrong");
    broken = false;
    await until(async () => expect(await bot.queue.deadLetters()).toHaveLength(1));
    await bot.queue.retryDeadLetters();
    const shown = await bot.discord.waitForMessage(
      ({ flags }) => ((flags ?? 0) & MessageFlags.IsComponentsV2) !== 0,
    );
    expect(shown).toMatchObject({ id: failed.id, content: "", embeds: [] });
  });

  it("shows everyone the figures, with a picture and its alternative text", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(5);
    const given = ["0 k 1", "0 m 1", "0 r 1", "1 k 0", "1 m 0", "2 k 1", "2 k 0", "3 k 1", "3 m 0"];
    await giveAnswers(bot, names, given);
    const message = await ask(bot);
    expect((message.flags ?? 0) & MessageFlags.Ephemeral).toBe(0);
    const text = textOf(message);
    expect(text).toContain("**Images:** 2 of 5 settled (40%), 2 with too few answers, 1 with none yet");
    expect(text).toMatch(
      /Not yet: \d+ to \d+ more answers will do\. At the rate of the last 7 days, this takes /,
    );
    expect(text).toContain("**Answers:** 9, by 3 people");
    expect(text).toContain("**Agreement:** people often give different answers to the same image (α 0.50)");
    const { url, alt } = pictureOf(message) ?? { url: "", alt: "" };
    expect(alt).toContain("5 images: settled: 2 (40%), need more: 2 (40%), no answers yet: 1 (20%).");
    expect(alt).toMatch(/UTC: (0; ){28}(0; 9|9; 0)\. Most on [A-Z][a-z]{2} \d+: 9\.$/);
    const picture = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(await sharp(picture).metadata()).toMatchObject({ format: "png", width: 1_520 });
  });

  it("is in the language of the person who asked", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(1);
    await giveAnswers(bot, names, ["0 k 1", "0 m 1", "0 m 0"]);
    const message = await ask(bot, "fr");
    expect(textOf(message)).toContain("**Réponses :** 3, par 2 personnes");
    expect(pictureOf(message)?.alt).toMatch(/^1 image : réglées : 0 \(0\s%\)/);
  });

  it("says how to begin if there are no images or answers, and shows no picture", async () => {
    await using bot = await hotdogBot();
    const empty = await ask(bot);
    expect(textOf(empty)).toContain("There are no images to label yet.");
    await bot.addImages(3);
    // A result that was found quickly is cached for only a few milliseconds.
    const begun = await until(async () => {
      const message = await ask(bot);
      expect(textOf(message)).toContain(
        "**Images:** 3 in the set, none labeled yet. Be the first: `/hotdog`",
      );
      return message;
    });
    expect([pictureOf(empty), pictureOf(begun)]).toEqual([undefined, undefined]);
  });

  it("shows no agreement if only one person has answered", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(2);
    await giveAnswers(bot, names, ["0 k 1", "1 k 0"]);
    const text = textOf(await ask(bot));
    expect(text).toContain("**Answers:** 2, by 1 person");
    expect(text).toContain("**Agreement:** no image has answers from two people yet");
  });

  it("shows answers to removed images, and those of earlier days", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(2);
    await giveAnswers(bot, names, ["0 k 1", "0 m 1", "1 k 1"], Date.now() - 40 * DAY);
    for (const name of names) await bot.store.delete(`images/${name}`);
    const gone = textOf(await ask(bot));
    expect(gone).toContain("There are no images to label yet.");
    expect(gone).toContain("**Answers:** 3, by 2 people");
    await bot.addImages(2);
    await until(async () =>
      expect(pictureOf(await ask(bot))?.alt).toContain("No answers in the last 30 days."),
    );
  });

  it("counts a press that was confirmed before", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const ketchup = bot.discord.user("ketchup");
    const round = await ketchup.command("hotdog").answer();
    await bot.discord.user("relish").press(round, "1 · hot dog").answer();
    expect(textOf(await ask(bot))).toContain("**Answers:** 1, by 1 person");
  });

  it("reads the store once for many concurrent requests", async () => {
    let lists = 0;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async list(prefix, options) {
          if (prefix === "labels/") lists += 1;
          return store.list(prefix, options);
        },
      }),
    });
    const names = await bot.addImages(1);
    await giveAnswers(bot, names, ["0 k 1"]);
    const asked = Array.from({ length: 12 }, () => bot.discord.visitor("Ann").command("progress"));
    const answered = await Promise.all(asked.map((one) => one.answer()));
    expect(answered.every((message) => pictureOf(message) !== undefined)).toBe(true);
    expect(lists).toBeLessThanOrEqual(3);
  });

  it("is answered once however often its job is delivered, and is retried when the store fails", async () => {
    let failures = 1;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async get(key) {
          if (key.startsWith("labels/") && failures > 0) {
            failures -= 1;
            throw new Error("the store is away");
          }
          return store.get(key);
        },
      }),
      answers: (known) => {
        let deliveries = 0;
        return {
          ...known,
          async give(...parameters) {
            // Each delivery goes to another process, without memory of earlier ones.
            const { botToken: token, api, now } = bot.discord;
            const given = await answers({ token, api, now }).give(...parameters);
            deliveries += 1;
            if (deliveries === 1) throw new Error("killed right after the answer");
            return given;
          },
        };
      },
    });
    const names = await bot.addImages(1);
    await giveAnswers(bot, names, ["0 k 1"]);
    const message = await ask(bot);
    await until(() => expect(bot.logged()).toContain('"msg":"done"'));
    expect(textOf(message)).toContain("**Answers:** 1");
    expect(bot.discord.messages().map(({ edited_timestamp: edited }) => edited)).toEqual([null]);
  });

  it("is not answered after its 15 minutes", async () => {
    const held: ProgressJob[] = [];
    await using bot = await hotdogBot({
      jobs: () => ({
        async send(job) {
          if (job.kind === "progress") held.push(job);
        },
      }),
    });
    bot.discord.user("ketchup").command("progress");
    await until(() => expect(held).toHaveLength(1));
    bot.advance(16 * 60_000);
    for (const job of held) await bot.queue.send(job);
    await until(() => expect(bot.logged()).toContain('"msg":"done"'));
    const shown = bot.discord.messages().filter(({ flags }) => ((flags ?? 0) & MessageFlags.Loading) === 0);
    expect(shown).toEqual([]);
  });
});
