import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { MessageFlags, type APIMessage } from "discord.js";
import sharp from "sharp";
import { describe, expect, it, onTestFinished } from "vitest";
import { customIdsIn, encodeCustomId, imagesOnButtons } from "../../src/jobs/custom-id.ts";
import { imageName } from "../../src/labeling/images.ts";
import { hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { attachmentFetcher } from "../../src/worker/fetch-attachment.ts";
import { hotdogBot, LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";
import { partsOf } from "../append-log/rows.ts";
import { until } from "../until.ts";
import { textOf } from "./channel-project.ts";
import { firstEditFails } from "./first-edit-fails.ts";
import { offerRemoval, removeImage } from "./remove-image.ts";

const file = async (
  index: number,
  name = `photo ${index}.png`,
): Promise<{ name: string; bytes: Buffer }> => ({
  name,
  bytes: await plainPng(index),
});

async function uploadRows(bot: HotdogBot): Promise<string[][]> {
  return (await partsOf(bot.store, "uploads/")).flatMap(({ rows }) => rows);
}

const isPrivate = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

describe("/upload", () => {
  it("adds images, and tells everyone the result for each and what the images are for", async () => {
    await using bot = await hotdogBot({ checkImage: "own" });
    const relish = bot.discord.user("relish");
    const [one, two] = [await file(1), await file(2)];
    const text = { name: "notes.png", bytes: Buffer.from("just text") };
    const upload = relish.command("upload", { image: one, image2: text, image5: two });
    const answer = await upload.answer();
    expect(isPrivate(answer)).toBe(false);
    expect(answer.content).toContain("1. `photo");
    expect(answer.content).toMatch(
      /1\. .* – \*\*added\*\*\n2\. `notes\.png` – \*\*refused\*\*: it is not a .* image\n3\. .* – \*\*added\*\*/,
    );
    expect(answer.content).toContain("for people to label: hot dog or not");
    const names = [one, two].map(({ bytes }) => imageName(bytes, "png"));
    for (const name of names) expect(await bot.store.head(`images/${name}`)).toBeDefined();
    expect(await uploadRows(bot)).toEqual(
      [0, 1].map((index) => [
        `${upload.id}-${index === 0 ? 1 : 3}`,
        expect.stringMatching(/^\d{4}-.*Z$/),
        names[index],
        pseudonymizer(hotdogKeys(LABELER_SECRET))(relish.id).uploader,
        expect.stringContaining("photo"),
      ]),
    );
  });

  it("adds one image and one row when two people upload the same file at the same time", async () => {
    await using bot = await hotdogBot();
    const image = await file(1);
    const uploads = (["relish", "ketchup"] as const).map((name) =>
      bot.discord.user(name).command("upload", { image }),
    );
    const answers = await Promise.all(uploads.map((upload) => upload.answer()));
    const outcomes = answers.map(({ content }) => (content.includes("**added**") ? "added" : "present"));
    expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(["added", "present"]);
    expect(await uploadRows(bot)).toHaveLength(1);
  });

  it("does not restore an image that was removed after the answer", async () => {
    let deliveries = 0;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          deliveries += 1;
          const given = await answers.give(to, message, options);
          if (deliveries > 1) return given;
          for (const { key } of await bot.store.list("images/")) await bot.store.delete(key);
          throw new Error("killed right after the answer");
        },
      }),
    });
    await bot.discord
      .user("relish")
      .command("upload", { image: await file(1) })
      .answer();
    await until(() => expect(bot.logged()).toContain('"msg":"done"'));
    expect(await bot.store.list("images/")).toEqual([]);
    expect(bot.discord.messages()).toHaveLength(1);
  });

  it("adds the other files when one cannot be fetched, and in the end says so", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        send: (job) =>
          queue.send(
            job.kind === "upload"
              ? {
                  ...job,
                  files: job.files.map((attached, index) =>
                    index === 0
                      ? { ...attached, url: `${bot.discord.cdn.replace(/\d+$/, "1")}/x` }
                      : attached,
                  ),
                }
              : job,
          ),
      }),
      cdnOrigins: ["http://127.0.0.1:1"],
    });
    const upload = bot.discord
      .user("relish")
      .command("upload", { image: await file(1), image2: await file(2) });
    const answer = await upload.answer({ timeout: 20_000 });
    expect(answer.content).toMatch(
      /1\. .* – \*\*refused\*\*: it could not be downloaded.*\n2\. .* – \*\*added\*\*/,
    );
    expect(await uploadRows(bot)).toHaveLength(1);
    expect(bot.logged().match(/failed; it will be retried/g)).toHaveLength(4);
  });

  it("is retried for a file that could not be fetched at first, and has one answer", async () => {
    await using bot = await hotdogBot();
    bot.discord.fault({ path: /^\/ephemeral-attachments\//, times: 1, act: { status: 503 } });
    const answer = await bot.discord
      .user("relish")
      .command("upload", { image: await file(1), image2: await file(2) })
      .answer({ timeout: 20_000 });
    expect(answer.content).toMatch(/1\. .* – \*\*added\*\*.*\n2\. .* – \*\*added\*\*/);
    expect(answer.edited_timestamp).toBeNull();
    expect(await uploadRows(bot)).toHaveLength(2);
    expect(bot.logged().match(/failed; it will be retried/g)).toHaveLength(1);
  });

  it("recognizes an image, whoever uploads it and whatever its name", async () => {
    await using bot = await hotdogBot();
    await bot.discord
      .user("relish")
      .command("upload", { image: await file(1) })
      .answer();
    const again = await bot.discord
      .user("ketchup")
      .command("upload", { image: await file(1, "other.jpg") })
      .answer();
    expect(again.content).toContain("1. `other.jpg` – **already there**");
    expect(await uploadRows(bot)).toHaveLength(1);
  });

  it("gives the same answer, and adds and writes nothing twice, when its job is redelivered", async () => {
    let deliveries = 0;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(...parameters) {
          deliveries += 1;
          if (deliveries === 1) throw new Error("killed right before the answer");
          return answers.give(...parameters);
        },
      }),
    });
    const answer = await bot.discord
      .user("relish")
      .command("upload", { image: await file(1), image2: await file(2) })
      .answer();
    expect(answer.content.match(/\*\*added\*\*/g)).toHaveLength(2);
    expect(await uploadRows(bot)).toHaveLength(2);
    expect(await bot.store.list("images/")).toHaveLength(2);
  });

  it("writes the row of an image although it is killed between the row and the image, or just after", async () => {
    let failures = 2;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async put(key, ...rest) {
          failures -= key.startsWith("images/") ? 1 : 0;
          if (failures === 1 && key.startsWith("images/")) throw new Error("killed before the image");
          const etag = await store.put(key, ...rest);
          if (failures === 0 && key.startsWith("images/")) throw new Error("killed after the image");
          return etag;
        },
      }),
    });
    const answer = await bot.discord
      .user("relish")
      .command("upload", { image: await file(1) })
      .answer();
    expect(answer.content).toContain("**added**");
    expect(await uploadRows(bot)).toHaveLength(1);
    expect(await bot.store.list("images/")).toHaveLength(1);
  });

  it("makes names with path segments, formulas, right-to-left and control characters harmless", async () => {
    await using bot = await hotdogBot();
    const names = [
      "../../../etc/passwd.png",
      "=cmd|' /C calc'!A0.png",
      "\u202Egnp.exe\u0000.png",
      "`@everyone`.png",
    ];
    const files = await Promise.all(names.map((name, index) => file(index + 1, name)));
    const [image, image2, image3, image4] = files;
    if (!image || !image2 || !image3 || !image4) throw new Error("four files");
    const answer = await bot.discord
      .user("relish")
      .command("upload", { image, image2, image3, image4 })
      .answer();
    expect(answer.content.match(/\*\*added\*\*/g)).toHaveLength(4);
    expect(answer.content.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
    const rows = await uploadRows(bot);
    expect(rows.every(([, , , , name = ""]) => !/^[=+\-@\t\r]/.test(name) && !/\p{C}/u.test(name))).toBe(
      true,
    );
    expect(
      (await bot.store.list("")).every(({ key }) =>
        /^(images|uploads|labels|logs|hashes|thumbnails)\//.test(key),
      ),
    ).toBe(true);
  });

  it("refuses more than 20 files per minute from one person, privately, and adds nothing", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const ten = Object.fromEntries(
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => [
          `image${index === 0 ? "" : index + 1}`,
          await file(index),
        ]),
      ),
    ) as Record<string, { name: string; bytes: Buffer }>;
    await relish.command("upload", ten).answer();
    await relish.command("upload", ten).answer();
    const refused = await relish.command("upload", { image: await file(99) }).answer();
    expect(isPrivate(refused)).toBe(true);
    expect(refused.content).toContain("more than 20 files in a minute");
    expect(await bot.store.list("images/")).toHaveLength(10);
    const other = await bot.discord
      .user("mustard")
      .command("upload", { image: await file(99) })
      .answer();
    expect(other.content).toContain("**added**");
  });

  it("answers in French", async () => {
    await using bot = await hotdogBot();
    const image = { name: "a.png", bytes: Buffer.alloc(0) };
    const answer = await bot.discord.user("relish").command("upload", { image }, { locale: "fr" }).answer();
    expect(answer.content).toContain("**refusée** : le fichier est vide");
  });

  it("by one person does not delay those of others, however long it takes", async () => {
    const [slow, second, other] = await Promise.all([file(1), file(2), file(3)]);
    const release = Promise.withResolvers<void>();
    const checking: Buffer[] = [];
    await using bot = await hotdogBot({
      async checkImage(uploaded) {
        checking.push(uploaded);
        if (uploaded.equals(slow.bytes)) await release.promise;
        return { ok: true, stored: uploaded, format: "png", decodingMs: 1 };
      },
    });
    const relish = bot.discord.user("relish");
    const first = relish.command("upload", { image: slow });
    await until(() => expect(checking).toHaveLength(1));
    const next = relish.command("upload", { image: second });
    await until(() => expect(bot.logged()).toContain('"msg":"postponed"'));
    const answer = await bot.discord.user("ketchup").command("upload", { image: other }).answer();
    expect(answer.content).toContain("**added**");
    expect(checking).toEqual([slow.bytes, other.bytes]);
    release.resolve();
    for (const upload of [first, next]) expect((await upload.answer()).content).toContain("**added**");
    expect(bot.logged()).not.toContain("failed");
  });

  it("waits after much decoding for the same person, and others do not wait", async () => {
    await using bot = await hotdogBot({
      checkImage: (stored) => Promise.resolve({ ok: true, stored, format: "png", decodingMs: 60_000 }),
    });
    const relish = bot.discord.user("relish");
    const first = await relish.command("upload", { image: await file(1) }).answer();
    expect(first.content).toContain("**added**");
    relish.command("upload", { image: await file(2) });
    await until(() => expect(bot.logged()).toContain('"msg":"postponed"'));
    const other = await bot.discord
      .user("ketchup")
      .command("upload", { image: await file(3) })
      .answer();
    expect(other.content).toContain("**added**");
    expect(await uploadRows(bot)).toHaveLength(2);
  });

  it.each([
    ["en-US", "2. `photo_2.png` – **refused**: you would have added more than 500 MiB today"],
    ["fr", "2. `photo_2.png` – **refusée** : vous auriez ajouté plus de 500 Mio aujourd’hui"],
  ] as const)("has at most 500 MiB of one person stored a day (%s)", async (locale, refusal) => {
    const half = Buffer.alloc(260 * 1024 * 1024);
    const [one, two, three] = await Promise.all([file(1), file(2), file(3)]);
    await using bot = await hotdogBot({
      checkImage: (uploaded) =>
        Promise.resolve({
          ok: true,
          stored: uploaded.equals(three.bytes) ? uploaded : half,
          format: "png",
          decodingMs: 1,
        }),
      store: (store) => ({
        ...store,
        put: (key, body, ...rest) => store.put(key, body.subarray(0, 1e6), ...rest),
      }),
    });
    const upload = (name: "relish" | "ketchup", images: Record<string, typeof one>) =>
      bot.discord.user(name).command("upload", images, { locale }).answer();
    // Images that are already there do not count, nor do refused ones.
    await upload("relish", { image: one, image2: one });
    const answer = await upload("relish", { image: one, image2: two, image3: three });
    expect(answer.content).toContain(refusal);
    expect(answer.content.match(/\*\*(added|ajoutée)\*\*/g)).toHaveLength(1);
    const others = await upload("ketchup", { image: two });
    expect(others.content).toMatch(/\*\*(added|ajoutée)\*\*/);
  });

  it("recognizes an image that an earlier version stored in another format, and its buttons work", async () => {
    await using bot = await hotdogBot();
    const avif = await sharp(await plainPng(1))
      .avif()
      .toBuffer();
    await imageSet(bot.store).add({ uploaded: avif, stored: await plainPng(1), format: "png" });
    const image = { name: "a.avif", bytes: avif };
    const answer = await bot.discord.user("relish").command("upload", { image }).answer();
    expect(answer.content).toContain("**already there**");
    await bot.addImages(3);
    const round = await bot.discord.user("relish").command("hotdog").answer();
    const pressed = imageName(avif, "png");
    const button = customIdsIn(round.components ?? []).find((id) => "image" in id && id.image === pressed);
    if (button === undefined) throw new Error("the round does not show the image");
    await bot.discord.user("ketchup").press(round, encodeCustomId(button)).answer();
    const [row] = (await partsOf(bot.store, "labels/")).flatMap(({ rows }) => rows);
    expect(row?.[2]).toBe(pressed);
  });

  it("does not delay presses and /stats, however many uploads there are", async () => {
    const release = Promise.withResolvers<void>();
    await using bot = await hotdogBot({
      // Uploads hang in the store; without the limit they would take every slot.
      concurrency: 4,
      store: (store) => ({
        ...store,
        async put(key, ...rest) {
          if (key.startsWith("images/")) await release.promise;
          return store.put(key, ...rest);
        },
      }),
    });
    const uploads = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const person = (["ketchup", "mustard", "relish"] as const)[index % 3] ?? "relish";
        return bot.discord.user(person).command("upload", { image: await file(index) });
      }),
    );
    await until(() => expect(bot.logged()).toContain('"msg":"postponed"'));
    const stats = await bot.discord.user("ketchup").command("stats", { numbers: "3 5 8" }).answer();
    expect(stats.embeds).toHaveLength(1);
    release.resolve();
    const answers = await Promise.all(uploads.map((upload) => upload.answer({ timeout: 25_000 })));
    expect(answers.every(({ content }) => content.includes("**added**"))).toBe(true);
    expect(await bot.store.list("images/")).toHaveLength(12);
  });
});

describe("images in a message", () => {
  it("are added by the message command, on anybody's message", async () => {
    await using bot = await hotdogBot();
    const message = bot.discord.user("mustard").post("look", [await file(1), await file(2)]);
    const answer = await bot.discord.user("relish").messageCommand("Add to image set", message).answer();
    expect(answer.content.match(/\*\*added\*\*/g)).toHaveLength(2);
  });

  it("are reported privately as missing if there are no attachments", async () => {
    await using bot = await hotdogBot();
    const message = bot.discord.user("mustard").post("no picture");
    const answer = await bot.discord.user("relish").messageCommand("Add to image set", message).answer();
    expect(isPrivate(answer)).toBe(true);
    expect(answer.content).toContain("no attachments");
  });

  it("that mentions the bot are added, and the reply is in the guild's language", async () => {
    await using bot = await hotdogBot({ preferredLocale: "fr" });
    const relish = bot.discord.user("relish");
    const message = relish.post(`<@${bot.discord.applicationId}> voilà`, [await file(1)]);
    const answer = await relish.waitForMessage(({ content }) => content.includes("**ajoutée**"));
    expect(answer.message_reference?.message_id).toBe(message.id);
    expect((await uploadRows(bot)).map(([id]) => id)).toEqual([`${message.id}-1`]);
    expect(answer.mentions).toEqual([]);
  });

  it("to the bot are explained to those who write to it without images", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    relish.post("hi", [], { dm: true });
    const hello = await relish.waitForMessage(({ content }) => content.includes("To add up to 10 images"));
    expect(hello.content).toMatch(
      /^Hello! I can do two things: <\/hotdog:\d+> .* <\/stats:\d+> .* <\/help:\d+>/,
    );
    expect(bot.discord.user("ketchup").messages()).toEqual([]);
  });

  it.each(["drop-after", "reset-after"] as const)(
    "are asked about once, and added, when Discord's response to the reply was lost (%s)",
    async (act) => {
      await using bot = await hotdogBot();
      const path = /\/channels\/\d+\/messages$/;
      bot.discord.fault({ method: "POST", path, times: 1, act });
      const relish = bot.discord.user("relish");
      relish.post("", [await file(1)], { dm: true });
      const question = await relish.waitForMessage(({ content }) => content.includes("hot-dog set?"));
      expect((await relish.press(question, "Yes, add").answer()).content).toContain("**added**");
      expect(bot.discord.messages()).toHaveLength(2);
      expect(await uploadRows(bot)).toHaveLength(1);
    },
  );

  it("are refused visibly although responses of Discord are lost", async () => {
    await using bot = await hotdogBot({ jobs: () => ({ send: () => Promise.reject(new Error("away")) }) });
    for (const method of ["GET", "PATCH"])
      bot.discord.fault({ method, path: /\/messages\/\d+$/, times: 1, act: "drop-after" });
    bot.discord.user("relish").post("", [await file(1)], { dm: true });
    await bot.discord
      .user("relish")
      .waitForMessage(({ content }) => content.includes("could not be accepted"));
    const edits = () => bot.discord.traffic().filter(({ title }) => title.startsWith("PATCH"));
    await until(() => expect(edits().map(({ status }) => status)).toEqual([undefined, 200]));
  });

  it("in a reply to the bot that does not mention it are ignored", async () => {
    await using bot = await hotdogBot();
    const answer = await bot.discord.user("ketchup").command("stats", { numbers: "1" }).answer();
    bot.discord.user("relish").post("lol", [await file(1)], { replyTo: answer });
    await bot.discord.user("ketchup").command("stats", { numbers: "2" }).answer();
    expect(bot.discord.messages()).toHaveLength(3);
  });

  it("in a server without a mention of the bot are ignored", async () => {
    await using bot = await hotdogBot();
    bot.discord.user("relish").post("not for the bot", [await file(1)]);
    await bot.discord.user("ketchup").command("stats", { numbers: "1" }).answer();
    expect(bot.discord.messages()).toHaveLength(2);
    expect(await bot.store.list("images/")).toEqual([]);
  });

  it("are refused, with a reply that says so, when the queue does not accept the job", async () => {
    await using bot = await hotdogBot({ jobs: () => ({ send: () => Promise.reject(new Error("away")) }) });
    bot.discord.user("relish").post("", [await file(1)], { dm: true });
    await bot.discord
      .user("relish")
      .waitForMessage(({ content }) => content.includes("could not be accepted"));
    expect(bot.logged()).toContain("did not accept the job");
  });
});

it("the answer to /upload shows what was added without reading it from the store", async () => {
  const reads: string[] = [];
  await using bot = await hotdogBot({
    store: (store) => ({ ...store, get: (key, options) => (reads.push(key), store.get(key, options)) }),
  });
  const [small, large] = [await file(1), await file(2)];
  large.bytes = await sharp(large.bytes).resize({ width: 1_100 }).toFormat("jpeg").toBuffer();
  const answer = await bot.discord.user("relish").command("upload", { image: small, image2: large }).answer();
  expect(answer.attachments.map(({ filename }) => filename)).toEqual(["image-1.png", "image-2.jpg"]);
  expect(reads.filter((key) => key.startsWith("images/"))).toEqual([]);
});

describe("removing an image from the set", () => {
  it("is offered by a button below the answer to an upload, and done once a moderator has seen it", async () => {
    await using bot = await hotdogBot();
    const image = await file(1);
    const answer = await bot.discord.user("relish").command("upload", { image }).answer();
    const refused = await bot.discord.user("relish").press(answer, "Remove 1").answer();
    expect(isPrivate(refused)).toBe(true);
    expect(refused.content).toContain("Only the people who run this bot, and moderators of its home server");
    expect(await bot.store.list("images/")).toHaveLength(1);

    const offer = await offerRemoval(bot, "mustard", answer);
    expect(isPrivate(offer)).toBe(true);
    expect(JSON.stringify(offer.components)).toContain("Remove this image from the set?");
    expect(JSON.stringify(offer.components)).toContain("image-1.webp");
    expect(await bot.store.list("images/")).toHaveLength(1);
    const done = await removeImage(bot, "mustard", answer);
    expect(done.content).toMatch(
      /^1\. `.*` – \*\*removed\*\* from the set; its labels stay\n-# `\/hotdog` shows the images in the set/,
    );
    expect(done.components).toEqual([]);
    expect(await bot.store.list("images/")).toEqual([]);
    expect(() => bot.discord.user("mustard").press(answer, "Remove 1")).toThrow("has no button");
    expect(await uploadRows(bot)).toHaveLength(1);
  });

  /** Uploads this many images as relish. */
  async function uploaded(bot: HotdogBot, count: number, locale = "en-US"): Promise<APIMessage> {
    const files = await Promise.all(Array.from({ length: count }, (_, index) => file(index)));
    const images = files.map((image, index) => [`image${index === 0 ? "" : index + 1}`, image]);
    const values = Object.fromEntries(images) as Record<string, { name: string; bytes: Buffer }>;
    return bot.discord.user("relish").command("upload", values, { locale }).answer();
  }

  it("shows the removal in the answer to the upload, in its language, and keeps the other buttons", async () => {
    await using bot = await hotdogBot();
    const answer = await uploaded(bot, 7, "fr");
    await removeImage(bot, "mustard", answer, "Retirer 2");
    const done = await removeImage(bot, "mustard", answer, "Retirer 6");
    const lines = done.content.split("\n").slice(0, 7);
    const removed = lines.map((line) => line.includes("– **retirée** de la collection"));
    expect(removed).toEqual([false, true, false, false, false, true, false]);
    expect(lines.filter((line) => line.endsWith("– **ajoutée**"))).toHaveLength(5);
    const labels = Array.from(JSON.stringify(done.components).matchAll(/"Retirer (\d)"/g), ([, n]) => n);
    expect(labels).toEqual(["1", "3", "4", "5", "7"]);
  });

  it("shows what several people remove at once, even if one edit overwrites another", async () => {
    const { promise: held, resolve: reached } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let edits = 0;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        messages: {
          ...answers.messages,
          async edit(...parameters) {
            edits += 1;
            if (edits === 1) {
              reached();
              await released;
            }
            return answers.messages.edit(...parameters);
          },
        },
      }),
    });
    const answer = await uploaded(bot, 3);
    const offer = await offerRemoval(bot, "mustard", answer);
    bot.discord.user("mustard").press(offer, "Remove");
    await held;
    const both = await removeImage(bot, "ketchup", answer, "Remove 2");
    expect(both.content.match(/\*\*removed\*\*/g)).toHaveLength(2);
    release();
    await until(() => expect(bot.logged().match(/"kind":"remove".*"msg":"done"/g)).toHaveLength(2));
    expect(edits).toBeGreaterThanOrEqual(3);
    const shown = bot.discord.messages().find(({ id }) => id === answer.id);
    expect(shown?.content.match(/\*\*removed\*\*/g)).toHaveLength(2);
    expect(JSON.stringify(shown?.components).match(/"Remove \d"/g)).toEqual(['"Remove 3"']);
  });

  it("is shown although the first attempt failed after it, and is reported privately if the answer is gone", async () => {
    await using bot = await hotdogBot({
      answers: firstEditFails(),
    });
    const answer = await uploaded(bot, 2);
    const done = await removeImage(bot, "mustard", answer);
    expect(done.content.match(/\*\*removed\*\*/g)).toHaveLength(1);

    const offer = await offerRemoval(bot, "mustard", answer, "Remove 2");
    await bot.stopWorkers();
    bot.discord.user("mustard").press(offer, "Remove");
    await until(() => expect(bot.logged().match(/"kind":"remove","msg":"queued"/g)).toHaveLength(2));
    await fetch(`${bot.discord.api}/v10/channels/${bot.discord.channelId}/messages/${answer.id}`, {
      method: "DELETE",
      headers: { authorization: `Bot ${bot.discord.botToken}` },
    });
    bot.startWorker();
    await bot.discord
      .user("mustard")
      .waitForMessage((message) => textOf(message).startsWith("**Removed from the set.**"));
  });

  it("is shown in the channel when the 15 minutes are over", async () => {
    await using bot = await hotdogBot();
    const answer = await uploaded(bot, 1);
    const offer = await offerRemoval(bot, "mustard", answer);
    await bot.stopWorkers();
    bot.discord.user("mustard").press(offer, "Remove");
    await until(() => expect(bot.logged()).toContain('"kind":"remove","msg":"queued"'));
    bot.advance(16 * 60_000);
    bot.startWorker();
    const shown = await bot.discord
      .user("relish")
      .waitForMessage(({ id, components }) => id === answer.id && components?.length === 0);
    expect(shown.content).toContain("**removed**");
  });

  it.each([
    ["the queue does not accept the job", "could not be accepted just now", true],
    ["it fails for the last time", "something went wrong", false],
  ])("leaves the answer unchanged and tells only the person when %s", async (_, says, refused) => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        send: (job) =>
          refused && job.kind === "remove" ? Promise.reject(new Error("away")) : queue.send(job),
      }),
      store: (store) => ({ ...store, delete: () => Promise.reject(new Error("the store is away")) }),
    });
    const answer = await uploaded(bot, 1);
    const offer = await offerRemoval(bot, "mustard", answer);
    bot.discord.user("mustard").press(offer, "Remove");
    const notice = await bot.discord.user("mustard").waitForMessage(({ content }) => content.includes(says), {
      timeout: 20_000,
    });
    expect(isPrivate(notice)).toBe(true);
    expect(bot.discord.messages().find(({ id }) => id === answer.id)).toEqual(answer);
  });

  it("is confirmed in the separate message with which an older bot acknowledged the press", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        async send(job) {
          if (job.kind !== "offer-removal") return queue.send(job);
          const { interaction, images, project } = job;
          return queue.send({ kind: "remove", interaction, image: images[0] ?? "", project });
        },
      }),
    });
    const answer = await uploaded(bot, 1);
    const done = await bot.discord.user("mustard").press(answer, "Remove 1").answer();
    expect(done.content).toContain("was removed from the set");
  });

  it("is offered privately, image by image, by the message command on a round", async () => {
    await using bot = await hotdogBot();
    await bot.addImages(4);
    const round = await bot.discord.user("relish").command("hotdog").answer();
    const mustard = bot.discord.user("mustard");
    const offer = await mustard.messageCommand("Remove from image set", round).answer();
    expect(isPrivate(offer)).toBe(true);
    const text = JSON.stringify(offer.components);
    expect(text.match(/"label":"Remove"/g)).toHaveLength(4);
    const [first = ""] = imagesOnButtons(offer.components ?? []);
    const button = encodeCustomId({ kind: "drop", image: first, project: null });
    const changed = await mustard.press(offer, button).answer();
    expect(await bot.store.head(`images/${first}`)).toBeUndefined();
    expect(await bot.store.list("images/")).toHaveLength(3);
    expect(changed.id).toBe(offer.id);
    const left = JSON.stringify(changed.components);
    expect(textOf(changed)).toMatch(/^\*\*Removed from the set\.\*\*\n## Remove images from the set\?/);
    expect(left.match(/"label":"Remove"/g)).toHaveLength(3);
    expect(imagesOnButtons(changed.components ?? [])).not.toContain(first);
    for (let images = 3; images > 0; images -= 1) await mustard.press(offer, "Remove").answer();
    const last = bot.discord
      .user("mustard")
      .messages()
      .find(({ id }) => id === offer.id);
    expect(JSON.stringify(last?.components)).toContain("**Removed from the set.** The labels stay.");
    expect(JSON.stringify(last?.components)).not.toContain("custom_id");
  });

  it("is shown in the answer to an upload when the message command was used on it, too", async () => {
    await using bot = await hotdogBot();
    const answer = await uploaded(bot, 2);
    const mustard = bot.discord.user("mustard");
    const offer = await mustard.messageCommand("Remove from image set", answer).answer();
    await mustard.press(offer, "Remove").answer();
    const shown = bot.discord.messages().find(({ id }) => id === answer.id);
    expect(shown?.content.match(/\*\*removed\*\*/g)).toHaveLength(1);
    expect(JSON.stringify(shown?.components).match(/custom_id/g)).toHaveLength(2);
  });

  it("is not possible on a message without images of the set, which the bot says", async () => {
    await using bot = await hotdogBot();
    const message = bot.discord.user("relish").post("hello");
    const answer = await bot.discord
      .user("mustard")
      .messageCommand("Remove from image set", message)
      .answer();
    expect(answer.content).toContain("has no images from the set");
  });

  it.each([
    [
      "en-US",
      "Only the people who run this bot, and moderators of its home server, can do this for the hot dogs",
    ],
    ["fr", "les modérateurs de son serveur d’origine, peuvent faire cela pour les hot-dogs"],
  ])("is refused to others, who are offered the command too (%s)", async (locale, says) => {
    await using bot = await hotdogBot();
    const answer = await uploaded(bot, 1);
    const asked = bot.discord.user("relish").messageCommand("Remove from image set", answer, { locale });
    const refused = await asked.answer();
    expect(refused.content).toContain(says);
    expect(refused.components).toEqual([]);
  });
});

describe("fetching an attachment", () => {
  async function server(answer: (response: ServerResponse) => void): Promise<string> {
    const http = createServer((_request, response) => answer(response)).listen(0, "127.0.0.1");
    await once(http, "listening");
    onTestFinished(() => void http.close());
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  it("sends requests to allowed origins only", async () => {
    const fetchAttachment = attachmentFetcher(["https://cdn.discordapp.com"]);
    for (const url of [
      "http://cdn.discordapp.com/a",
      "https://cdn.discordapp.com.evil.example/a",
      "http://169.254.169.254/",
      "file:///etc/passwd",
    ]) {
      expect(await fetchAttachment(url)).toEqual({ ok: false, refusal: "foreign" });
    }
  });

  it("follows no redirect", async () => {
    const origin = await server((response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    );
    expect(await attachmentFetcher([origin])(`${origin}/a`)).toEqual({ ok: false, refusal: "foreign" });
  });

  it("stops at 10 MiB, whatever length the server claims", async () => {
    let sent = 0;
    const origin = await server((response) => {
      response.writeHead(200, { "content-type": "image/png" });
      const chunk = Buffer.alloc(1024 * 1024);
      const write = (): void => {
        if (response.destroyed || sent > 200) return;
        sent += 1;
        if (response.write(chunk)) setImmediate(write);
        else response.once("drain", write);
      };
      write();
    });
    expect(await attachmentFetcher([origin])(`${origin}/a`)).toEqual({ ok: false, refusal: "too-large" });
    expect(sent).toBeLessThan(100);
  });

  it.each([
    [404, "gone"],
    [403, "gone"],
    [429, "unreachable"],
    [503, "unreachable"],
  ])("reports a %i as %s", async (status, refusal) => {
    const origin = await server((response) => response.writeHead(status).end());
    expect(await attachmentFetcher([origin])(`${origin}/a`)).toEqual({ ok: false, refusal });
  });

  it("reports that a server cannot be reached", async () => {
    const origin = "http://127.0.0.1:1";
    expect(await attachmentFetcher([origin])(`${origin}/a`)).toEqual({ ok: false, refusal: "unreachable" });
  });
});
