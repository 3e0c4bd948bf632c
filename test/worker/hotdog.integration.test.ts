import { ComponentType, MessageFlags } from "discord.js";
import type { APIContainerComponent, APIMessage } from "discord.js";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { customIdsIn, decodeCustomId, encodeCustomId, imagesOnButtons } from "../../src/jobs/custom-id.ts";
import type { Label } from "../../src/labeling/question.ts";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import { imageSet, SEEN_LIFETIME_MS } from "../../src/project/image-set.ts";
import { labelFile } from "../../src/project/label-file.ts";
import { hotdogBot, LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { newId, partsOf } from "../append-log/rows.ts";
import { plainPng } from "../pictures.ts";
import { until } from "../until.ts";
import { pressFormerButton } from "./former-button.ts";
import { removeFromRound } from "./remove-image.ts";

const hasFlag = ({ flags }: APIMessage, flag: MessageFlags): boolean => ((flags ?? 0) & flag) !== 0;

async function rowsOf(bot: HotdogBot): Promise<Record<string, string>[]> {
  const parts = await partsOf(bot.store, "labels/");
  return parts.flatMap(({ header, rows }) =>
    rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ""]))),
  );
}

function componentsOf(message: APIMessage): APIContainerComponent["components"] {
  const [container] = message.components ?? [];
  if (container?.type !== ComponentType.Container) throw new Error("the round is no container");
  return container.components;
}

/** The custom ids of all buttons with answers, in order. */
function customIdsOf(message: APIMessage): string[] {
  return componentsOf(message)
    .filter((component) => component.type === ComponentType.ActionRow)
    .flatMap(({ components }) => components)
    .map((button) => ("custom_id" in button ? button.custom_id : ""))
    .filter((id) => decodeCustomId(id)?.kind === "press");
}

async function round(bot: HotdogBot, locale = "en-US"): Promise<APIMessage> {
  return bot.discord.user("ketchup").command("hotdog", {}, { locale }).answer();
}

describe("/hotdog", () => {
  it("shows everyone 4 images, each between its name and its two buttons", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(9);
    const message = await round(bot);
    expect(hasFlag(message, MessageFlags.Ephemeral)).toBe(false);
    expect(hasFlag(message, MessageFlags.IsComponentsV2)).toBe(true);
    const [question, ...rest] = componentsOf(message);
    expect(question).toMatchObject({ content: expect.stringContaining("Hot dog or not?") });
    const labelAlone = rest.pop();
    expect(labelAlone).toMatchObject({ components: [{ label: "Label alone" }] });
    expect(rest.map(({ type }) => type)).toEqual(
      Array.from({ length: 4 }, () => [
        ComponentType.TextDisplay,
        ComponentType.MediaGallery,
        ComponentType.ActionRow,
      ]).flat(),
    );
    expect(rest[3]).toMatchObject({ content: "**Image 2**" });
    expect(rest[4]).toMatchObject({ items: [{ description: "Image 2 of 4" }] });
    expect(rest[5]).toMatchObject({ components: [{ label: "0 · not hot dog" }, { label: "1 · hot dog" }] });
    const shown = imagesOnButtons(message.components ?? []);
    expect(shown).toHaveLength(4);
    expect(names).toEqual(expect.arrayContaining(shown));
    expect((await bot.discord.user("relish").waitForMessage(({ id }) => id === message.id)).id).toBe(
      message.id,
    );
  });

  it("attaches pictures scaled to 1024 pixels, never links them", async () => {
    await using bot = await hotdogBot();
    const large = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    await imageSet(bot.store).add({ uploaded: large, stored: large, format: "jpg" });
    const message = await round(bot);
    const gallery = componentsOf(message)[2];
    const url = gallery?.type === ComponentType.MediaGallery ? (gallery.items[0]?.media.url ?? "") : "";
    expect(url).toContain(`${bot.discord.cdn}/attachments/`);
    const picture = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(await sharp(picture).metadata()).toMatchObject({ format: "jpeg", width: 1024, height: 512 });
  });

  it("does not ask for each image that it has just listed", async () => {
    const asked: string[] = [];
    await using bot = await hotdogBot({
      store: (store) => ({ ...store, head: (key, options) => (asked.push(key), store.head(key, options)) }),
    });
    await bot.addImages(4);
    const [first, second] = [await round(bot), await round(bot)];
    expect(imagesOnButtons(second.components ?? []).toSorted()).toEqual(
      imagesOnButtons(first.components ?? []).toSorted(),
    );
    expect(asked.filter((key) => key.startsWith("images/"))).toEqual([]);
  });

  it("shows all images when there are fewer than 4", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(2);
    const message = await round(bot);
    expect(customIdsOf(message)).toHaveLength(4);
    expect(componentsOf(message)[2]).toMatchObject({ items: [{ description: "Image 1 of 2" }] });
  });

  it("skips images that cannot be decoded", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(3);
    await bot.store.put(`images/${"0".repeat(64)}.png`, Buffer.from("no picture"));
    await bot.store.put("images/notes.txt", Buffer.from("no image of the set"));
    const shown = imagesOnButtons((await round(bot)).components ?? []);
    expect(new Set(shown)).toEqual(new Set(names));
  });

  it("fails, instead of saying that there are no images, when none can be displayed", async () => {
    await using bot = await hotdogBot();
    await bot.store.put(`images/${"0".repeat(64)}.png`, Buffer.from("no picture"));
    const answer = await bot.discord.user("ketchup").command("hotdog").answer({ timeout: 20_000 });
    expect(answer.content).toContain("something went wrong");
    expect(bot.logged()).toContain("the image cannot be shown");
  });

  it("replaces its failure message when its dead letter is retried", async () => {
    await using bot = await hotdogBot();
    const broken = `images/${"0".repeat(64)}.png`;
    await bot.store.put(broken, Buffer.from("no picture"));
    const failed = await bot.discord.user("ketchup").command("hotdog").answer({ timeout: 20_000 });
    expect(failed.content).toContain("something went wrong");
    await bot.store.delete(broken);
    await bot.addImages(4);
    await until(async () => expect(await bot.queue.deadLetters()).toHaveLength(1));
    await bot.queue.retryDeadLetters();
    const shown = await bot.discord.waitForMessage((message) =>
      hasFlag(message, MessageFlags.IsComponentsV2),
    );
    expect(shown.id).toBe(failed.id);
    expect(shown.content).toBe("");
    expect(customIdsOf(shown)).toHaveLength(8);
    expect(bot.discord.messages()).toHaveLength(1);
  });

  it("replaces the message that it was not accepted when the send only seemed to fail", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          await queue.send(job);
          throw new Error("timed out, though the queue has it");
        },
      }),
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          await until(() => expect(bot.discord.messages()[0]?.content).toContain("not be accepted"));
          return answers.give(to, message, options);
        },
      }),
    });
    await bot.addImages(4);
    bot.discord.user("ketchup").command("hotdog");
    const shown = await bot.discord.waitForMessage((message) =>
      hasFlag(message, MessageFlags.IsComponentsV2),
    );
    expect(shown.content).toBe("");
    expect(customIdsOf(shown)).toHaveLength(8);
    expect(bot.logged()).not.toContain("it will be retried");
  });

  it("tells only the person who asked, in their language, that there are no images, and leaves nothing in the channel", async () => {
    await using bot = await hotdogBot();
    const ketchup = bot.discord.user("ketchup");
    ketchup.command("hotdog", {}, { locale: "fr" });
    const notice = await ketchup.waitForMessage(({ content }) =>
      content.includes("Il n’y a pas encore d’images"),
    );
    expect(hasFlag(notice, MessageFlags.Ephemeral)).toBe(true);
    expect(bot.discord.messages()).toHaveLength(1);
    expect(bot.discord.user("relish").messages()).toEqual([]);
  });

  it("may tell the person twice, and nobody else, when Discord's first response was lost", async () => {
    await using bot = await hotdogBot();
    const ketchup = bot.discord.user("ketchup");
    bot.discord.fault({ method: "POST", path: /\/webhooks\/\d+\/[^/]+$/, times: 1, act: "drop-after" });
    ketchup.command("hotdog");
    await until(() => expect(bot.logged()).toContain('"msg":"done"'));
    expect(ketchup.messages()).toHaveLength(2);
    expect(bot.discord.user("relish").messages()).toEqual([]);
  });

  it("is posted once, with the same images, however often its job is delivered", async () => {
    await using bot = await hotdogBot({
      answers: (answers) => {
        let deliveries = 0;
        return {
          ...answers,
          async give(...parameters) {
            const given = await answers.give(...parameters);
            deliveries += 1;
            if (deliveries < 3) throw new Error("killed right after the answer");
            return given;
          },
        };
      },
    });
    await bot.addImages(30);
    await round(bot);
    await until(() => expect(bot.logged()).toContain('"msg":"done"'));
    const [message, ...others] = bot.discord.messages();
    expect(others).toEqual([]);
    expect(message?.edited_timestamp).toBeNull();
  });
});

describe("a round of the images that need labels most", () => {
  /** Lets two people agree on all images but these. */
  async function settleAllBut(
    bot: HotdogBot,
    names: readonly string[],
    open: readonly string[],
  ): Promise<void> {
    const { log, store } = bot;
    const labels = labelFile(store, { log, now: Date.now, random: Math.random });
    const answer = (image: string, labeler: string, label: Label = 1): Promise<unknown> =>
      labels.append({ id: newId(), image, label, labeler, round: "1" }, { tombstone: labeler });
    const settled = names.filter((name) => !open.includes(name));
    await Promise.all(
      settled.flatMap((name) => [answer(name, "one"), answer(name, "another"), answer(name, "third")]),
    );
  }

  const imagesOf = (message: APIMessage): Set<string> => new Set(imagesOnButtons(message.components ?? []));

  async function needed(bot: HotdogBot, options: Record<string, string>): Promise<Set<string>> {
    return imagesOf(await bot.discord.user("ketchup").command("hotdog", options).answer());
  }

  it("shows images whose label is not settled, to a person who asks for them", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(24);
    const open = names.slice(3, 7);
    await settleAllBut(bot, names, open);
    expect(await needed(bot, { choose: "needed" })).toEqual(new Set(open));
  });

  it("skips images that the person has answered", async () => {
    await using bot = await hotdogBot();
    const names = await bot.addImages(24);
    await settleAllBut(bot, names, names.slice(0, 8));
    const own = pseudonym(LABELER_SECRET, bot.discord.user("ketchup").id);
    const labels = labelFile(bot.store, { log: bot.log, now: Date.now, random: Math.random });
    for (const image of names.slice(0, 4))
      await labels.append({ id: newId(), image, label: 1, labeler: own, round: "1" }, { tombstone: own });
    for (const image of names.slice(4, 8))
      await labels.append({ id: newId(), image, label: 1, labeler: "one", round: "1" }, { tombstone: "one" });
    expect(await needed(bot, { choose: "needed" })).toEqual(new Set(names.slice(4, 8)));
  });

  it("is the default if the worker is configured so, and people can still ask for a random one", async () => {
    await using bot = await hotdogBot({ choose: "needed" });
    const names = await bot.addImages(24);
    await settleAllBut(bot, names, names.slice(0, 4));
    await until(async () => expect(await needed(bot, {})).toEqual(new Set(names.slice(0, 4))));
    const rounds = [needed(bot, { choose: "random" }), needed(bot, { choose: "random" })];
    expect((await Promise.all(rounds)).every((round) => round.isSubsetOf(new Set(names.slice(0, 4))))).toBe(
      false,
    );
  });

  it("is random when the labels cannot be read", async () => {
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async list(prefix, ...rest) {
          if (prefix === "labels/") throw new Error("the store is away");
          return store.list(prefix, ...rest);
        },
      }),
    });
    await bot.addImages(6);
    expect((await needed(bot, { choose: "needed" })).size).toBe(4);
    expect(bot.logged()).toContain("the round is a random one");
  });

  it("is offered in every language", async () => {
    await using bot = await hotdogBot({ worker: false });
    const command = await bot.discord.waitForCommand("hotdog");
    expect(command.options).toMatchObject([
      {
        name: "choose",
        name_localizations: { fr: "choix" },
        choices: [
          { name: "random", name_localizations: { fr: "hasard" }, value: "random" },
          { name: "needed", name_localizations: { fr: "utiles" }, value: "needed" },
        ],
      },
    ]);
    expect(command.options?.[0]?.required ?? false).toBe(false);
  });
});

describe("a press", () => {
  it("adds one row with a pseudonym, and is confirmed only to the person", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(6);
    const message = await round(bot);
    const mustard = bot.discord.user("mustard");
    const [, , , second = ""] = customIdsOf(message);
    const press = mustard.press(message, second);
    const confirmation = await press.answer();
    expect(confirmation.content).toBe(
      "Saved: image 2 is **1 · hot dog**. Changed your mind? Press the other button.",
    );
    expect(hasFlag(confirmation, MessageFlags.Ephemeral)).toBe(true);
    expect(
      bot.discord
        .user("ketchup")
        .messages()
        .map(({ id }) => id),
    ).toEqual([message.id]);

    const [row, ...others] = await rowsOf(bot);
    expect(others).toEqual([]);
    expect(row).toEqual({
      id: press.id,
      labeled_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      image: expect.any(String),
      label: "1",
      labeler: pseudonym(LABELER_SECRET, mustard.id),
      round: expect.any(String),
    });
    expect(decodeCustomId(second)).toMatchObject({ image: row?.["image"], round: row?.["round"] });
    expect(Object.values(row ?? {}).join()).not.toContain(mustard.id);
  });

  it("adds a row for every person and every press", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const message = await round(bot);
    const [zero = "", one = ""] = customIdsOf(message);
    const presses = [
      bot.discord.user("ketchup").press(message, one),
      bot.discord.user("mustard").press(message, zero),
      bot.discord.user("ketchup").press(message, zero),
    ];
    await Promise.all(presses.map((press) => press.answer()));
    const rows = await rowsOf(bot);
    expect(rows.map(({ label }) => Number(label)).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect(new Set(rows.map(({ labeler }) => labeler)).size).toBe(2);
    const last = rows.filter(
      ({ labeler }) => labeler === pseudonym(LABELER_SECRET, bot.discord.user("ketchup").id),
    );
    expect(
      last.toSorted((a, b) => (BigInt(a["id"] ?? 0) < BigInt(b["id"] ?? 0) ? -1 : 1)).at(-1)?.["label"],
    ).toBe("0");
  });

  it("is confirmed in the person's language, while the round is in the guild's", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const message = await round(bot, "fr");
    expect(componentsOf(message)[1]).toMatchObject({ content: "**Image 1**" });
    expect(componentsOf(message)[0]).toMatchObject({ content: expect.stringContaining("Hot dog or not?") });
    const [zero = ""] = customIdsOf(message);
    const answer = await bot.discord.user("relish").press(message, zero, { locale: "fr" }).answer();
    expect(answer.content).toContain("Enregistré : l’image 1 est **0 · pas un hot-dog**");
  });

  it("is confirmed only after its row is in the store", async () => {
    let confirmed = false;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async put(key, ...rest) {
          if (key.startsWith("labels/")) {
            await new Promise((resolve) => setTimeout(resolve, 200));
            expect(confirmed).toBe(false);
          }
          return store.put(key, ...rest);
        },
      }),
    });
    await bot.addImages(4);
    const message = await round(bot);
    await bot.discord
      .user("relish")
      .press(message, customIdsOf(message)[0] ?? "")
      .answer();
    confirmed = true;
    expect(await rowsOf(bot)).toHaveLength(1);
  });

  it("adds one row although its job is redelivered after the confirmation failed", async () => {
    let failures = 2;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          if (message.content?.startsWith("Saved")) failures -= 1;
          if (failures >= 0 && message.content?.startsWith("Saved")) throw new Error("Discord is away");
          return answers.give(to, message, options);
        },
      }),
    });
    await bot.addImages(4);
    const message = await round(bot);
    const answer = await bot.discord
      .user("relish")
      .press(message, customIdsOf(message)[1] ?? "")
      .answer();
    expect(answer.content).toContain("Saved: image 1");
    expect(await rowsOf(bot)).toHaveLength(1);
  });

  it("of an image that has since been removed adds no row and is answered politely", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const message = await round(bot);
    const [image = ""] = imagesOnButtons(message.components ?? []);
    await removeFromRound(bot, message, image);
    const answer = await bot.discord
      .user("relish")
      .press(message, customIdsOf(message)[0] ?? "")
      .answer();
    expect(answer.content).toContain("removed from the set");
    expect(hasFlag(answer, MessageFlags.Ephemeral)).toBe(true);
    expect(await rowsOf(bot)).toEqual([]);
  });

  it("that was saved is confirmed although its image was removed before that", async () => {
    let failures = 1;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          failures -= message.content?.startsWith("Saved") ? 1 : 0;
          if (failures === 0 && message.content?.startsWith("Saved")) {
            for (const { key } of await bot.store.list("images/")) await bot.store.delete(key);
            throw new Error("Discord is away");
          }
          return answers.give(to, message, options);
        },
      }),
    });
    await bot.addImages(4);
    const message = await round(bot);
    const answer = await bot.discord
      .user("relish")
      .press(message, customIdsOf(message)[1] ?? "")
      .answer();
    expect(answer.content).toContain("Saved: image 1");
    expect(await rowsOf(bot)).toHaveLength(1);
  });

  it("that cannot be saved says so, privately", async () => {
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async head(key) {
          if (key.startsWith("images/")) throw new Error("the store is away");
          return store.head(key);
        },
      }),
    });
    await bot.addImages(4);
    const message = await round(bot);
    bot.advance(SEEN_LIFETIME_MS);
    const press = bot.discord.user("relish").press(message, customIdsOf(message)[1] ?? "");
    const answer = await press.answer({ timeout: 20_000 });
    expect(answer.content).toContain(`Reference: \`${press.id}\``);
    expect(hasFlag(answer, MessageFlags.Ephemeral)).toBe(true);
    expect(await rowsOf(bot)).toEqual([]);
  });

  it("is saved after its 15 minutes, and not confirmed in the channel", async () => {
    await using bot = await hotdogBot({ worker: false });
    await bot.addImages(4);
    bot.discord.user("ketchup").command("hotdog");
    bot.startWorker();
    const message = await bot.discord.waitForMessage((found) => hasFlag(found, MessageFlags.IsComponentsV2));
    await bot.stopWorkers();
    const press = bot.discord.user("relish").press(message, customIdsOf(message)[0] ?? "");
    await until(() => expect(bot.logged()).toContain('"kind":"press"'));
    bot.advance(16 * 60_000);
    bot.startWorker();
    await until(async () => expect(await rowsOf(bot)).toMatchObject([{ id: press.id }]));
    await until(() => expect(bot.logged().match(/"msg":"done"/g)).toHaveLength(2));
    expect(bot.discord.messages().filter((found) => !hasFlag(found, MessageFlags.Loading))).toHaveLength(1);
  });

  it("is refused privately if a person presses too often in a second; others can still press", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const message = await round(bot);
    const [zero = ""] = customIdsOf(message);
    const presses = Array.from({ length: 14 }, () => bot.discord.user("relish").press(message, zero));
    const other = await bot.discord.user("mustard").press(message, zero).answer();
    expect(other.content).toContain("Saved");
    const answers = await Promise.all(presses.map((press) => press.answer()));
    const refused = answers.filter(({ content }) => content.includes("more than 10 times in a second"));
    // The presses may extend into a second second.
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(4);
    expect(refused.every((answer) => hasFlag(answer, MessageFlags.Ephemeral))).toBe(true);
    expect(await rowsOf(bot)).toHaveLength(15 - refused.length);
  });
});

describe("a button", () => {
  it("works for another bot process, as after a restart", async () => {
    await using bot = await hotdogBot();
    const [image = ""] = await bot.addImages(1);
    const message = await round(bot);
    expect(customIdsIn(message.components ?? [])[1]).toEqual({
      kind: "press",
      round: expect.stringMatching(/^\d{17,19}$/),
      position: 1,
      label: 1,
      image,
      project: null,
    });
    await bot.restartBot();
    const answer = await bot.discord.user("relish").press(message, "1 · hot dog").answer();
    expect(answer.content).toContain("Saved: image 1 is **1 · hot dog**");
  });

  it("of each earlier version still works", async () => {
    const image = "6a16838c5a4d62a9b43d9b06ad3af12cdb886e58456dc5731019a9b3fb63409d.webp";
    await using bot = await hotdogBot();
    const add = async (): Promise<unknown> =>
      imageSet(bot.store).add({
        uploaded: Buffer.from("a hot dog"),
        stored: await plainPng(1),
        format: "webp",
      });
    await add();
    const saved = await pressFormerButton(bot, `press:1573801018263601152:2:1:${image}`);
    expect(saved.content).toContain("Saved: image 2 is **1 · hot dog**");
    expect(await rowsOf(bot)).toMatchObject([{ image, label: "1", round: "1573801018263601152" }]);
    const refused = await pressFormerButton(bot, "forget:80351110224678912");
    expect(refused.content).toContain("This button belongs to someone else");
    for (const customId of [`remove:${image}`, `remove:${image}:1573801018263601153`]) {
      await add();
      const offer = await pressFormerButton(bot, customId);
      expect(await bot.store.head(`images/${image}`)).toBeDefined();
      await bot.discord.user("mustard").press(offer, "Remove").answer();
      expect(await bot.store.head(`images/${image}`)).toBeUndefined();
    }
  });

  it("that no version has made, or for what the hot dogs lack, is answered politely and changes nothing", async () => {
    await using bot = await hotdogBot();
    const [image = ""] = await bot.addImages(1);
    const press = { kind: "press", round: "1", position: 1, label: 1, image, project: null } as const;
    const unknown = "from another version";
    const elsewhere = "belongs to a project of another channel";
    for (const [customId, reason] of [
      ["press:1:1:2:nothing.png", unknown],
      [encodeCustomId({ ...press, label: 2 }), unknown],
      [encodeCustomId({ ...press, label: "unsure" }), unknown],
      [encodeCustomId({ ...press, project: "1" }), elsewhere],
      [encodeCustomId({ kind: "remove", image, project: "1" }), elsewhere],
    ] as const) {
      const answer = await pressFormerButton(bot, customId);
      expect(answer.content).toContain(reason);
      expect(hasFlag(answer, MessageFlags.Ephemeral)).toBe(true);
    }
    expect(await bot.store.list("labels/")).toEqual([]);
    expect(await bot.store.head(`images/${image}`)).toBeDefined();
  });
});
