import { ButtonStyle, ComponentType, MessageFlags, type APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { pseudonym, hotdogKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { projectsIn } from "../../src/project/projects.ts";
import { hotdogBot, LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";
import { idsIn, newId, readPart } from "../append-log/rows.ts";
import { newProject } from "../project/definitions.ts";
import { until } from "../until.ts";
import { createProject } from "./channel-project.ts";

const isPrivate = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;

async function round(bot: HotdogBot): Promise<APIMessage> {
  await bot.addImages(4);
  return bot.discord.user("ketchup").command("hotdog").answer();
}

const LABELS = ["0 · not hot dog", "1 · hot dog"] as const;

/** Presses a button. @returns the press's id once its row is in the store */
async function press(bot: HotdogBot, who: "ketchup" | "relish", message: APIMessage): Promise<string> {
  const pressed = bot.discord.user(who).press(message, LABELS[1]);
  expect((await pressed.answer()).content).toContain("Saved");
  return pressed.id;
}

async function upload(bot: HotdogBot, who: "ketchup" | "relish", index: number): Promise<void> {
  const image = { name: `photo ${index}.png`, bytes: await plainPng(index) };
  const answer = await bot.discord.user(who).command("upload", { image }).answer();
  expect(answer.content).toContain("added");
}

/** A message's files by name. */
async function filesOf({ attachments }: APIMessage): Promise<Record<string, string>> {
  const files = attachments.map(async ({ filename, url }) => [filename, await (await fetch(url)).text()]);
  return Object.fromEntries(await Promise.all(files)) as Record<string, string>;
}

/** Confirms an erasure, and waits for the result that replaces the question. */
async function confirm(bot: HotdogBot, who: "ketchup" | "relish", question: APIMessage): Promise<APIMessage> {
  const user = bot.discord.user(who);
  user.press(question, "Erase everything");
  return user.waitForMessage(({ id, content }) => id === question.id && /^(?:Erased|Nothing)/.test(content));
}

/** Uses /forget-me and confirms. */
async function forget(bot: HotdogBot, who: "ketchup" | "relish"): Promise<APIMessage> {
  return confirm(bot, who, await bot.discord.user(who).command("forget-me").answer());
}

/** Holds up the first write to a folder. */
function heldWrites(prefix: string) {
  const { promise: held, resolve: reached } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let first = true;
  const parts: NonNullable<Parameters<typeof hotdogBot>[0]> = {
    store: (store) => ({
      ...store,
      async put(key, ...rest) {
        if (first && key.startsWith(prefix)) {
          first = false;
          reached();
          await released;
        }
        return store.put(key, ...rest);
      },
    }),
  };
  return { parts, held, release };
}

/** Creates a project, and saves an answer of a person in it. */
async function labelProject(bot: HotdogBot, userId: string): Promise<string> {
  const { log } = bot;
  const projects = projectsIn(bot.store, { secret: LABELER_SECRET, log, now: Date.now, random: Math.random });
  const found = await projects.index.create(newId(), newProject("42"));
  using opened = projects.register(() => undefined).open(found);
  const person = opened.project.pseudonymsOf(userId);
  const row = { id: newId(), image: `${"5".repeat(64)}.webp`, label: 1, round: "1" } as const;
  await opened.project.labels.append({ ...row, labeler: person.labeler }, person);
  return found.id;
}

describe("/my-data", () => {
  it("says privately that nothing is stored about a person who has done nothing", async () => {
    await using bot = await hotdogBot();
    const answer = await bot.discord.user("relish").command("my-data").answer();
    expect(answer.content).toBe("Nothing is stored about you.");
    expect(answer.attachments).toEqual([]);
    expect(isPrivate(answer)).toBe(true);
  });

  it("sends a person all of their rows, privately, and nobody else's", async () => {
    await using bot = await hotdogBot();
    const message = await round(bot);
    const own = [await press(bot, "relish", message), await press(bot, "relish", message)];
    await press(bot, "ketchup", message);
    await upload(bot, "relish", 7);
    await upload(bot, "ketchup", 8);
    const answer = await bot.discord.user("relish").command("my-data").answer();
    expect(isPrivate(answer)).toBe(true);
    expect(answer.content).toContain("**2 answers** to images, and **1 entry** for images");
    const files = await filesOf(answer);
    expect(Object.keys(files)).toEqual(["my-answers.csv", "my-uploads.csv"]);
    const answers = readPart(files["my-answers.csv"] ?? "");
    expect(answers.header).toEqual(["id", "labeled_at", "image", "label", "labeler", "round"]);
    expect(answers.rows.map(([id]) => id)).toEqual(own);
    const { labeler, uploader } = pseudonymizer(hotdogKeys(LABELER_SECRET))(bot.discord.user("relish").id);
    expect(answers.rows.map((row) => row[4])).toEqual([labeler, labeler]);
    const uploads = readPart(files["my-uploads.csv"] ?? "").rows;
    expect(uploads).toEqual([expect.arrayContaining([uploader, "photo_7.png"])]);
    expect(uploads.flat()).not.toContain(labeler);
  });

  it("sends and erases entries that an earlier version wrote under the pseudonym of the labels, too", async () => {
    await using bot = await hotdogBot();
    await upload(bot, "relish", 7);
    const [part] = await bot.store.list("uploads/");
    const { body, etag } = (await bot.store.get(part?.key ?? "")) ?? {};
    const { labeler } = pseudonymizer(hotdogKeys(LABELER_SECRET))(bot.discord.user("relish").id);
    const old = `1573801455138111488-1,2026-11-21T20:45:06.722Z,${"4".repeat(64)}.png,${labeler},old.png\r\n`;
    await bot.store.put(part?.key ?? "", Buffer.from(`${body?.toString()}${old}`), {
      condition: { ifMatch: etag ?? "" },
      contentType: "text/csv; charset=utf-8",
    });
    const answer = await bot.discord.user("relish").command("my-data").answer();
    expect(answer.content).toContain("**2 entries** for images");
    expect((await filesOf(answer))["my-uploads.csv"]).toContain("old.png");
    expect((await forget(bot, "relish")).content).toContain("**2 entries** for images");
    expect(await idsIn(bot.store, "uploads/")).toEqual([]);
  });

  it("works in direct messages and in French", async () => {
    await using bot = await hotdogBot();
    await press(bot, "relish", await round(bot));
    const options = { dm: true, locale: "fr" };
    const answer = await bot.discord.user("relish").command("my-data", {}, options).answer();
    expect(answer.content).toContain("**1 réponse** à des images, et **0 entrée** pour des images");
    expect(Object.keys(await filesOf(answer))).toEqual(["my-answers.csv"]);
  });

  it("mentions the tombstone that stays after an erasure", async () => {
    await using bot = await hotdogBot();
    await press(bot, "relish", await round(bot));
    await forget(bot, "relish");
    const answer = await bot.discord.user("relish").command("my-data").answer();
    expect(answer.content).toMatch(
      /^Nothing is stored about you\.\n-# You used `\/forget-me` on <t:\d{10}:f>/,
    );
  });

  it("is refused after 10 times in an hour", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    for (let times = 0; times < 10; times += 1) await relish.command("my-data").answer();
    const refusal = await relish.command("my-data").answer();
    expect(refusal.content).toContain("more than 10 times in an hour");
    expect(isPrivate(refusal)).toBe(true);
  });
});

describe("/forget-me", () => {
  it("asks first, at once and privately, and erases nothing before the confirmation", async () => {
    await using bot = await hotdogBot({ worker: false });
    const question = await bot.discord.user("relish").command("forget-me").answer();
    expect(isPrivate(question)).toBe(true);
    for (const part of ["cannot be undone", "/my-data", "images themselves stay"])
      expect(question.content).toContain(part);
    expect(question.components).toMatchObject([
      {
        type: ComponentType.ActionRow,
        components: [
          { style: ButtonStyle.Danger, label: "Erase everything" },
          { style: ButtonStyle.Danger, label: "Erase, and the images I added" },
        ],
      },
    ]);
    expect(bot.logged()).not.toContain('"kind":"forget"');
  });

  it("erases a person's rows once they have confirmed, says how many, and keeps images and other people's rows", async () => {
    await using bot = await hotdogBot();
    const message = await round(bot);
    await press(bot, "relish", message);
    await press(bot, "relish", message);
    const other = await press(bot, "ketchup", message);
    await upload(bot, "relish", 7);
    const answer = await forget(bot, "relish");
    expect(isPrivate(answer)).toBe(true);
    expect(answer.content).toContain("**2 answers** to images, and **1 entry** for images that you added");
    expect(await idsIn(bot.store, "labels/")).toEqual([other]);
    expect(await idsIn(bot.store, "uploads/")).toEqual([]);
    expect(await bot.store.list("images/")).toHaveLength(5);
    expect((await forget(bot, "relish")).content).toContain("Nothing was stored about you");
  });

  it("answers in French", async () => {
    await using bot = await hotdogBot();
    await press(bot, "relish", await round(bot));
    const relish = bot.discord.user("relish");
    const question = await relish.command("forget-me", {}, { locale: "fr" }).answer();
    expect(question.content).toContain("C’est irréversible");
    const pressed = relish.press(question, "Tout effacer", { locale: "fr" });
    expect((await pressed.answer()).content).toContain("Suppression de ce qui est conservé sur vous…");
    const answer = await relish.waitForMessage(({ content }) => content.startsWith("Effacé"));
    expect(answer.id).toBe(question.id);
    expect(answer.content).toContain("Effacé définitivement : **1 réponse** à des images");
  });

  it('replaces the question and its button, first by "Removing…" and then by the result', async () => {
    await using bot = await hotdogBot({ worker: false });
    const relish = bot.discord.user("relish");
    const question = await relish.command("forget-me").answer();
    const pressed = await relish.press(question, "Erase everything").answer();
    expect(pressed).toMatchObject({
      id: question.id,
      content: "Removing what is kept about you…",
      components: [],
    });
    expect(() => relish.press(question, "Erase everything")).toThrow("has no button");
    bot.startWorker();
    const answer = await relish.waitForMessage(({ content }) => content.startsWith("Nothing was stored"));
    expect(answer).toMatchObject({ id: question.id, components: [] });
    expect(isPrivate(answer)).toBe(true);
  });

  it.each([
    ["the queue does not take it", "could not be accepted just now", true],
    ["it fails for the last time", "something went wrong", false],
  ])("tells in the same place when %s", async (_, says, refused) => {
    await using bot = await hotdogBot({
      ...(refused && { jobs: () => ({ send: () => Promise.reject(new Error("away")) }) }),
      store: (store) => ({ ...store, list: () => Promise.reject(new Error("the store is away")) }),
    });
    const relish = bot.discord.user("relish");
    const question = await relish.command("forget-me").answer();
    relish.press(question, "Erase everything");
    const answer = await relish.waitForMessage(({ content }) => content.includes(says), { timeout: 20_000 });
    expect(answer).toMatchObject({ id: question.id, components: [] });
  });

  it("cannot be confirmed by others", async () => {
    await using bot = await hotdogBot();
    const [relish, ketchup] = [bot.discord.user("relish"), bot.discord.user("ketchup")];
    await press(bot, "relish", await round(bot));
    const custom_id = encodeCustomId({ kind: "forget", user: relish.id });
    const rest = {
      method: "POST",
      headers: { authorization: `Bot ${bot.discord.botToken}`, "content-type": "application/json" },
    };
    const button = { type: 2, style: 4, label: "Erase everything", custom_id };
    const body = JSON.stringify({ content: "seen by all", components: [{ type: 1, components: [button] }] });
    await fetch(`${bot.discord.api}/v10/channels/${bot.discord.channelId}/messages`, { ...rest, body });
    const message = await ketchup.waitForMessage(({ content }) => content === "seen by all");
    const refusal = await ketchup.press(message, custom_id).answer();
    expect(refusal.content).toContain("This button belongs to someone else");
    expect(isPrivate(refusal)).toBe(true);
    expect(await idsIn(bot.store, "labels/")).toHaveLength(1);
    expect((await relish.press(message, custom_id).answer()).content).toContain("**1 answer**");
  });

  it("keeps what the person does afterwards, and an old button erases up to its press", async () => {
    await using bot = await hotdogBot();
    const message = await round(bot);
    const question = await bot.discord.user("relish").command("forget-me").answer();
    const other = await bot.discord.user("relish").command("forget-me").answer();
    await press(bot, "relish", message);
    await confirm(bot, "relish", question);
    const later = await press(bot, "relish", message);
    expect(await idsIn(bot.store, "labels/")).toEqual([later]);
    await bot.restartBot();
    const again = await confirm(bot, "relish", other);
    expect(again.content).toContain("**1 answer**");
    expect(await idsIn(bot.store, "labels/")).toEqual([]);
  });

  it("erases a press that is being written at that moment", async () => {
    const { parts, held, release } = heldWrites("labels/");
    await using bot = await hotdogBot(parts);
    const message = await round(bot);
    const pressed = bot.discord.user("relish").press(message, LABELS[0]);
    await held;
    expect((await forget(bot, "relish")).content).toContain("Nothing was stored");
    release();
    expect((await pressed.answer()).content).toContain(
      "after pressing this button, so the answer was not saved",
    );
    expect(await idsIn(bot.store, "labels/")).toEqual([]);
    const later = await press(bot, "relish", message);
    expect(await idsIn(bot.store, "labels/")).toEqual([later]);
  });

  it("is mentioned by a press that was saved before it and redelivered after it", async () => {
    const { promise: held, resolve: reached } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let failures = 1;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          if (message.content?.includes("Saved") && failures > 0) {
            failures -= 1;
            reached();
            await released;
            throw new Error("Discord is away");
          }
          return answers.give(to, message, options);
        },
      }),
    });
    const message = await round(bot);
    const pressed = bot.discord.user("relish").press(message, LABELS[0]);
    await held;
    expect((await forget(bot, "relish")).content).toContain("**1 answer**");
    release();
    expect((await pressed.answer()).content).toContain(
      "after pressing this button, so the answer was not saved",
    );
    expect(await idsIn(bot.store, "labels/")).toEqual([]);
  });

  it("removes the images that a person added, too, if they choose so, from all projects, and nobody else's", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    await bot.addImages(1);
    await upload(bot, "relish", 7);
    await upload(bot, "ketchup", 8);
    const { id } = await createProject(bot);
    await upload(bot, "relish", 9);
    await upload(bot, "ketchup", 10);
    const question = await relish.command("forget-me").answer();
    relish.press(question, "Erase, and the images I added");
    const answer = await relish.waitForMessage(({ content }) => content.startsWith("Erased"));
    expect(answer.content).toContain(
      "**2 entries** for images that you added. The images themselves are removed",
    );
    expect(await bot.store.list("images/")).toHaveLength(2);
    expect(await bot.store.list(`projects/${id}/images/`)).toHaveLength(1);
    expect(await idsIn(bot.store, "uploads/")).toHaveLength(1);
  });

  it("removes the rest of the images when it fails halfway and is redelivered", async () => {
    let failures = 1;
    await using bot = await hotdogBot({
      store: (store) => ({
        ...store,
        async delete(key) {
          await store.delete(key);
          if (key.startsWith("images/") && failures-- > 0) throw new Error("killed after the first image");
        },
      }),
    });
    const relish = bot.discord.user("relish");
    for (const index of [7, 8, 9]) await upload(bot, "relish", index);
    const question = await relish.command("forget-me").answer();
    relish.press(question, "Erase, and the images I added");
    const answer = await relish.waitForMessage(({ content }) => content.startsWith("Erased"));
    expect(answer.content).toContain("**3 entries**");
    expect(await bot.store.list("images/")).toEqual([]);
  });

  it.each(["uploads/", "images/"])(
    "erases the entry of an image whose write to %s is under way at that moment, and the image is not added",
    async (prefix) => {
      const { parts, held, release } = heldWrites(prefix);
      await using bot = await hotdogBot(parts);
      const image = { name: "photo.png", bytes: await plainPng(3) };
      const uploaded = bot.discord.user("relish").command("upload", { image });
      await held;
      await forget(bot, "relish");
      release();
      expect((await uploaded.answer()).content).toContain("you used `/forget-me` after sending it");
      expect(await idsIn(bot.store, "uploads/")).toEqual([]);
      expect(await bot.store.list("images/")).toEqual([]);
    },
  );

  it("erases a press that is still in the queue", async () => {
    await using bot = await hotdogBot({ worker: false });
    await bot.addImages(4);
    bot.startWorker();
    const message = await bot.discord.user("ketchup").command("hotdog").answer();
    await bot.stopWorkers();
    const relish = bot.discord.user("relish");
    const question = await relish.command("forget-me").answer();
    const pressed = relish.press(message, LABELS[1]);
    await until(() => expect(bot.logged()).toContain('"kind":"press"'));
    const asked = confirm(bot, "relish", question);
    bot.startWorker();
    await Promise.all([pressed.answer(), asked]);
    expect(await idsIn(bot.store, "labels/")).toEqual([]);
  });

  it("that fails halfway is finished by the next delivery, which says what was erased in total", async () => {
    let failures = 1;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          if (message.content?.startsWith("Erased") && failures > 0) {
            failures -= 1;
            throw new Error("Discord is away");
          }
          return answers.give(to, message, options);
        },
      }),
    });
    await press(bot, "relish", await round(bot));
    expect((await forget(bot, "relish")).content).toContain("**1 answer**");
    expect(failures).toBe(0);
  });

  it("leaves no person in the logs", async () => {
    await using bot = await hotdogBot();
    await press(bot, "relish", await round(bot));
    await forget(bot, "relish");
    const { id } = bot.discord.user("relish");
    expect(bot.logged()).toContain('"button":"forget"');
    expect(bot.logged()).not.toContain(id);
    expect(bot.logged()).not.toContain(pseudonym(LABELER_SECRET, id));
    expect(await idsIn(bot.store, "labels/")).toEqual([]);
  });
});

describe("a person who has answers in a project, too", () => {
  it("learns which projects they are in, gets them with the others, and erases them with the others", async () => {
    await using bot = await hotdogBot();
    await press(bot, "relish", await round(bot));
    const id = await labelProject(bot, bot.discord.user("relish").id);
    const answer = await bot.discord.user("relish").command("my-data").answer();
    expect(answer.content).toContain("**2 answers** to images");
    expect(answer.content).toContain("- Hot dogs (`hotdog`): 1 answer, 0 entries\n");
    const project = String.raw`Cat\, dog or neither\? in <#42>`;
    expect(answer.content).toContain(`- ${project} (\`${id}\`): 1 answer, 0 entries`);
    const { rows } = readPart((await filesOf(answer))["my-answers.csv"] ?? "");
    expect(rows.map(([name]) => name)).toEqual(["hotdog", id]);
    const erased = await forget(bot, "relish");
    expect(erased.content).toContain("**2 answers** to images");
    expect(erased.content).toContain(`- ${project}: 1 answer, 0 entries`);
    expect(await idsIn(bot.store, `projects/${id}/labels/`)).toEqual([]);
    expect((await bot.discord.user("relish").command("my-data").answer()).content).toContain(
      "Nothing is stored",
    );
  });
});
