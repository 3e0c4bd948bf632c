import { gunzipSync, strFromU8, unzipSync } from "fflate";
import { MessageFlags, type APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { exportLabels } from "../../src/commands/export.ts";
import { EXPORT_FORMATS } from "../../src/labeling/export-formats.ts";
import { LANGUAGES } from "../../src/texts/texts.ts";
import { pseudonym } from "../../src/project/pseudonyms.ts";
import { hotdogBot, LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { HEADER, imageCalled, part } from "../export/read-back.ts";

/** The answer's attachments by name. */
async function filesOf({ attachments }: APIMessage): Promise<Record<string, Uint8Array>> {
  const fetched = attachments.map(async ({ filename, url }) => {
    const answer = await fetch(url);
    return [filename, new Uint8Array(await answer.arrayBuffer())] as const;
  });
  return Object.fromEntries(await Promise.all(fetched));
}

async function exportAs(
  bot: HotdogBot,
  format: string,
  options: { locale?: string } = {},
): Promise<APIMessage> {
  return bot.discord.user("ketchup").command("export", { format }, options).answer();
}

/** Three people label the four images of a round: 0 by ketchup, 1 by the others. */
async function label(bot: HotdogBot): Promise<void> {
  await bot.addImages(4);
  const round = await bot.discord.user("ketchup").command("hotdog").answer();
  const buttons = JSON.stringify(round).matchAll(/"custom_id":"([^"]+)"/g);
  const ids = Array.from(buttons, ([, id = ""]) => id);
  for (const [index, name] of (["ketchup", "mustard", "relish"] as const).entries())
    for (const position of [0, 1, 2, 3]) {
      const button = ids[position * 2 + (index === 0 ? 0 : 1)] ?? "";
      await bot.discord.user(name).press(round, button).answer();
    }
}

/** Puts the same answers into the store at once, which is faster than pressing buttons. */
async function putAnswers(bot: HotdogBot, later: readonly string[] = []): Promise<void> {
  const images = ["a", "b", "c", "d"];
  for (const image of images)
    await bot.store.put(`images/${imageCalled(image)}`, Buffer.from(`picture ${image}`));
  const answers = images.flatMap((image) => [`${image} ann 0`, `${image} bob 1`, `${image} cyd 1`]);
  await bot.store.put("labels/00000.csv", part([...answers, ...later]));
}

const labelsIn = (keys: string[]): string[] => keys.filter((key) => key.startsWith("labels/"));

describe("/export", () => {
  it("sends the labels privately, as a file, and names nobody", async () => {
    await using bot = await hotdogBot();
    await label(bot);
    const answer = await exportAs(bot, "labels");
    expect((answer.flags ?? 0) & MessageFlags.Ephemeral).not.toBe(0);
    expect(answer.content).toBe(
      "Here are the labels in the format **labels**.\n**Images:** 4\n**Answers:** 12\n**People:** 3\n-# People appear under pseudonyms made for this export; nobody is named. But if few people have labeled an image, someone who watched a person label it can find that person’s rows.",
    );
    const files = await filesOf(answer);
    expect(Object.keys(files)).toEqual(["labels.csv"]);
    const csv = strFromU8(files["labels.csv"] ?? new Uint8Array());
    expect(csv.split("\r\n")).toHaveLength(1 + 12 + 1);
    for (const name of ["ketchup", "mustard", "relish"] as const) {
      const { id } = bot.discord.user(name);
      expect(csv).not.toContain(pseudonym(LABELER_SECRET, id));
      expect(csv).not.toContain(`,${id},`);
      expect(csv).not.toContain(name);
    }
  });

  it("uses other pseudonyms in each export, and the same ones when one is redelivered", async () => {
    const made: string[] = [];
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          const [file] = message.files ?? [];
          if (file?.name !== "labels.csv") return answers.give(to, message, options);
          made.push(file.data.toString());
          // Two deliveries of the first export, and one of the second.
          if (made.length === 1) throw new Error("Discord is away");
          return answers.give(to, message, options);
        },
      }),
    });
    await putAnswers(bot);
    await exportAs(bot, "labels");
    await exportAs(bot, "labels");
    const [first, again, second] = made;
    expect(again).toBe(first);
    const people = (csv = ""): string[] =>
      csv.split("\r\n").flatMap((line) => line.match(/,[0-9a-f]{64},/g) ?? []);
    expect(people(first)).toHaveLength(12);
    expect(people(second).filter((name) => people(first).includes(name))).toEqual([]);
  });

  it("sends every other format, with its files", async () => {
    await using bot = await hotdogBot({ imagesAt: "s3://bucket/images" });
    await putAnswers(bot);
    const contents: Record<string, string> = {};
    const sent: Record<string, string[]> = {};
    const texts: Record<string, string> = {};
    for (const format of ["consensus", "crowd-kit", "ground-truth", "label-studio"]) {
      const answer = await exportAs(bot, format);
      contents[format] = answer.content;
      const files = Object.entries(await filesOf(answer));
      sent[format] = files.map(([name]) => name).toSorted();
      texts[format] = files.map(([, bytes]) => strFromU8(bytes)).join("\n");
    }
    const counts = expect.stringContaining("**Images:** 4\n**Answers:** 12\n**People:** 3");
    expect(contents).toEqual(Object.fromEntries(Object.keys(sent).map((format) => [format, counts])));
    expect(sent).toEqual({
      consensus: ["consensus.csv", "labelers.csv", "method.json"],
      "crowd-kit": ["crowd-kit.csv"],
      "ground-truth": ["hotdog.manifest", "method.json"],
      "label-studio": ["labeling-interface.xml", "method.json", "tasks.json"],
    });
    expect(texts).toEqual({
      consensus: expect.stringContaining("image,label,probability"),
      "crowd-kit": expect.stringContaining("task,worker,label"),
      "ground-truth": expect.stringContaining("s3://bucket/images/"),
      "label-studio": expect.stringContaining("s3://bucket/images/"),
    });
  });

  it("says in the person's language how many of all answers are in the file", async () => {
    await using bot = await hotdogBot();
    await putAnswers(bot, ["a ann 1"]);
    const answer = await exportAs(bot, "crowd-kit", { locale: "en-US" });
    expect(answer.content).toContain("**Answers:** 12 of 13 (each person’s last answer to each image)");
    const csv = strFromU8((await filesOf(answer))["crowd-kit.csv"] ?? new Uint8Array());
    expect(csv.trimEnd().split("\r\n")).toHaveLength(1 + 12);
    expect((await exportAs(bot, "crowd-kit", { locale: "fr" })).content).toContain(
      "**Réponses :** 12 sur 13 (la dernière de chaque personne à chaque image)",
    );
  });

  it("sends the Hugging Face folder with its images as a ZIP", async () => {
    await using bot = await hotdogBot();
    await putAnswers(bot);
    const files = await filesOf(await exportAs(bot, "huggingface"));
    expect(Object.keys(files)).toEqual(["huggingface.zip"]);
    const folder = unzipSync(files["huggingface.zip"] ?? new Uint8Array());
    const lines = strFromU8(folder["train/metadata.jsonl"] ?? new Uint8Array())
      .trimEnd()
      .split("\n");
    const names = lines.map((line) => (JSON.parse(line) as { file_name: string }).file_name);
    expect(Object.keys(folder).toSorted()).toEqual(
      ["README.md", "train/metadata.jsonl", ...names.map((name) => `train/${name}`)].toSorted(),
    );
    for (const name of names) {
      const kept = await bot.store.get(`images/${name}`);
      expect(Buffer.from(folder[`train/${name}`] ?? [])).toEqual(kept?.body);
    }
  });

  it("says what is left out", async () => {
    await using bot = await hotdogBot();
    await putAnswers(bot);
    const [first] = await bot.store.list("images/");
    await bot.store.delete(first?.key ?? "");
    await bot.store.put("labels/00001.csv", Buffer.from(`${HEADER}\r\nno,answer\r\n`));
    const { content } = await exportAs(bot, "huggingface");
    expect(content).toContain("**Images:** 3");
    expect(content).toContain("**Images left out because they were removed from the set:** 1");
    expect(content).toContain("**Rows left out because they cannot be read:** 1");
  });

  it("says in the person's language that there is nothing to export yet", async () => {
    await using bot = await hotdogBot();
    const answer = await exportAs(bot, "consensus", { locale: "en-US" });
    expect(answer.content).toContain("There is nothing to export yet");
    expect(answer.attachments).toEqual([]);
    const french = await exportAs(bot, "consensus", { locale: "fr" });
    expect(french.content).toContain("Rien à exporter");
    expect(french.attachments).toEqual([]);
  });

  it("says what Ground Truth needs if the store is a folder", async () => {
    await using bot = await hotdogBot();
    await putAnswers(bot);
    const { content, attachments } = await exportAs(bot, "ground-truth");
    expect(content).toContain("--images-at s3://BUCKET/FOLDER");
    expect(attachments).toEqual([]);
  });

  it("names the command that exports what is too large for Discord", async () => {
    const reads: string[] = [];
    await using bot = await hotdogBot({
      store: (store) => ({ ...store, get: (key) => (reads.push(key), store.get(key)) }),
    });
    await putAnswers(bot);
    await bot.store.put(`images/${imageCalled("a")}`, Buffer.alloc(11 * 1024 * 1024));
    reads.length = 0;
    const { content, attachments } = await exportAs(bot, "huggingface");
    expect(content).toContain("`npm run export -- --format huggingface --out DIR`");
    expect(attachments).toEqual([]);
    expect(labelsIn(reads)).toEqual(["labels/00000.csv"]);
  });

  it("does not read a label file that is too large to be sent", async () => {
    const reads: string[] = [];
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        get: (key) => (reads.push(key), store.get(key)),
        list: async (prefix, options) => {
          const listed = await store.list(prefix, options);
          return listed.map(({ key, modified }) => ({ key, modified, size: 101 * 2 ** 20 }));
        },
      }),
    });
    await bot.store.put("labels/00000.csv", Buffer.from(`${HEADER}\r\n`));
    const { content } = await exportAs(bot, "labels");
    expect(content).toContain("`npm run export -- --format labels --out DIR`");
    expect(labelsIn(reads)).toEqual([]);
  });

  it("is refused to all but managers of the home server and the application's owner, who may export anywhere", async () => {
    await using bot = await hotdogBot();
    await putAnswers(bot);
    const { guilds } = bot.discord;
    const elsewhere = { channelId: guilds[1]?.channels[0]?.id ?? "" };
    for (const [name, where] of [
      ["mustard", {}],
      ["relish", {}],
      // Mustard owns this server, which is not the home server.
      ["mustard", elsewhere],
      ["relish", { dm: true }],
    ] as const) {
      const options = { ...where, locale: "fr" };
      const refused = bot.discord.user(name).command("export", { format: "labels" }, options);
      expect((await refused.answer()).content).toContain("Seules les personnes qui gèrent ce bot");
    }
    for (const where of [elsewhere, { dm: true }]) {
      const { content } = await bot.discord
        .user("ketchup")
        .command("export", { format: "labels" }, where)
        .answer();
      expect(content).toContain("Here are the labels");
    }
  });

  it("is refused after 10 times in an hour", async () => {
    await using bot = await hotdogBot();
    for (let times = 0; times < 10; times += 1) await exportAs(bot, "labels");
    const refusal = await exportAs(bot, "labels", { locale: "fr" });
    expect(refusal.content).toContain("plus de 10 fois en une heure");
    expect((refusal.flags ?? 0) & MessageFlags.Ephemeral).not.toBe(0);
  });

  it("does not block presses while it runs, and postpones other exports", async () => {
    const held = Promise.withResolvers<undefined>();
    let waiting = 0;
    await using bot = await hotdogBot({
      concurrency: 4,
      store: (store) => ({
        ...store,
        async list(prefix, options) {
          waiting += prefix === "labels/" ? 1 : 0;
          if (prefix === "labels/") await held.promise;
          return store.list(prefix, options);
        },
      }),
    });
    const asked = Array.from({ length: 5 }, () => exportAs(bot, "labels"));
    await expect.poll(() => bot.logged()).toContain('"msg":"postponed"');
    const stats = await bot.discord.user("mustard").command("stats", { numbers: "3 5 8" }).answer();
    expect(JSON.stringify(stats)).toContain("5.33");
    expect(waiting).toBe(1);
    held.resolve(undefined);
    for (const answer of await Promise.all(asked)) expect(answer.content).toContain("nothing to export yet");
  });

  it("tells the worker how large a file may be", async () => {
    const jobs: unknown[] = [];
    await using bot = await hotdogBot({
      jobs: (queue) => ({ send: async (job) => (jobs.push(job), queue.send(job)) }),
    });
    await exportAs(bot, "labels");
    expect(jobs).toEqual([
      expect.objectContaining({ kind: "export", format: "labels", attachmentSizeLimit: 10 * 1024 * 1024 }),
    ]);
  });

  it("compresses a file that is larger than the interaction allows", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        send: (job) => queue.send(job.kind === "export" ? { ...job, attachmentSizeLimit: 1_500 } : job),
      }),
    });
    await putAnswers(bot);
    const files = await filesOf(await exportAs(bot, "labels"));
    expect(Object.keys(files)).toEqual(["labels.csv.gz"]);
    const csv = strFromU8(gunzipSync(files["labels.csv.gz"] ?? new Uint8Array()));
    expect(csv.split("\r\n")).toHaveLength(1 + 12 + 1);
    expect(csv.length).toBeGreaterThan(1_500);
  });

  it("is not sent if even the compressed file is too large", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        send: (job) => queue.send(job.kind === "export" ? { ...job, attachmentSizeLimit: 300 } : job),
      }),
    });
    await putAnswers(bot);
    for (const format of ["labels", "crowd-kit", "label-studio", "huggingface"]) {
      const { content, attachments } = await exportAs(bot, format);
      expect(content).toContain(`\`npm run export -- --format ${format} --out DIR\``);
      expect(attachments).toEqual([]);
    }
  });

  it("is sent once when it is delivered twice", async () => {
    let failed = false;
    const given: boolean[] = [];
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          const date = await answers.give(to, message, options);
          given.push(options.again);
          if (failed) return date;
          failed = true;
          throw new Error("killed right after the answer");
        },
      }),
    });
    await exportAs(bot, "consensus");
    await expect.poll(() => bot.logged()).toContain('"msg":"done"');
    expect(given).toEqual([false]);
  });
});

describe("each choice of /export", () => {
  it("is within Discord's limits in every language", () => {
    const choices = exportLabels.data.options[0]?.choices ?? [];
    expect(choices.map(({ value }) => value)).toEqual([...EXPORT_FORMATS]);
    const names = choices.flatMap(({ name, name_localizations }) =>
      [name].concat(Object.values(name_localizations)),
    );
    expect(names).toHaveLength(EXPORT_FORMATS.length * LANGUAGES.size);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(100);
  });
});
