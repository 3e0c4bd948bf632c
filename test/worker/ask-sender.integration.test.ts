import { REST, Routes, type APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import type { ScriptedUser } from "../../local-discord/src/users/scripted-user.ts";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { idsIn } from "../append-log/rows.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { createProject, isPrivate, picturesOf } from "./channel-project.ts";
import { firstEditFails } from "./first-edit-fails.ts";

/** Sends the bot images in a direct message, and waits for its question. */
async function ask(relish: ScriptedUser, count = 1): Promise<APIMessage> {
  relish.post("", await picturesOf(count), { dm: true });
  return relish.waitForMessage(({ content }) => content.includes("public hot-dog set?"));
}

async function stored({ store }: HotdogBot): Promise<string[]> {
  const keys = await store.list("");
  return keys.map(({ key }) => key).filter((key) => key !== "conditional-write-test");
}

describe("images in a direct message", () => {
  it("are shown in a question, and nothing is stored before the answer", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const text = { name: "notes.txt", bytes: Buffer.from("just text") };
    const [first, second] = await picturesOf(2);
    if (first === undefined || second === undefined) throw new Error("two pictures");
    const message = relish.post("", [first, text, second], { dm: true });
    const question = await relish.waitForMessage(({ content }) => content.includes("hot-dog set?"));
    expect(question.message_reference?.message_id).toBe(message.id);
    expect(question.content).toMatch(
      /^\*\*Add these 2 images to the public hot-dog set\?\*\*\n.* Nothing is stored yet\.\n2\. `notes\.txt` – \*\*refused\*\*/,
    );
    expect(question.attachments.map(({ filename }) => filename)).toEqual(["image-1.png", "image-3.png"]);
    expect(await stored(bot)).toEqual([]);
  });

  it("are added when the sender says yes, also after bot and worker were replaced, and shown as added", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const question = await ask(relish, 2);
    await bot.restartBot();
    await bot.stopWorkers();
    bot.startWorker();
    const pressed = relish.press(question, "Yes, add");
    const answer = await pressed.answer();
    expect(answer.id).toBe(question.id);
    expect(answer.content).toMatch(/1\. .* – \*\*added\*\*\n2\. .* – \*\*added\*\*\n-# /);
    expect(await idsIn(bot.store, "uploads/")).toEqual([`${pressed.id}-1`, `${pressed.id}-2`]);
    expect(await bot.store.list("images/")).toHaveLength(2);
    expect(() => relish.press(answer, "Yes, add")).toThrow("has no button");
  });

  it("are not added when the sender says no, and the message keeps no picture of them", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const answer = await relish.press(await ask(relish), "No").answer();
    expect(answer).toMatchObject({
      content: "Nothing was added, and nothing is stored.",
      components: [],
      attachments: [],
    });
    expect(await stored(bot)).toEqual([]);
  });

  it("are answered once, although both buttons are pressed and two workers take the jobs", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const question = await ask(relish);
    await bot.stopWorkers();
    for (const label of ["Yes, add", "Yes, add", "No"]) relish.press(question, label);
    await until(() => expect(bot.logged().match(/"kind":"add-asked","msg":"queued"/g)).toHaveLength(3));
    bot.startWorker();
    bot.startWorker();
    await until(() => expect(bot.logged().match(/"kind":"add-asked".*"msg":"done"/g)).toHaveLength(3));
    const shown = relish.messages().find(({ id }) => id === question.id);
    const images = await bot.store.list("images/");
    expect(shown?.content).toMatch(/^Nothing was added|\*\*(?:added|already there)\*\*/);
    expect(JSON.stringify(shown?.components)).not.toContain("add-asked");
    expect(images.length).toBeLessThanOrEqual(1);
  });

  it("are added once when the job is redelivered, and not again once they were taken back", async () => {
    await using bot = await hotdogBot({
      answers: firstEditFails(),
      jobs: (queue) => ({
        async send(job) {
          // The second press is delivered late.
          if (job.kind !== "add-asked" || asked.push(job) === 1) await queue.send(job);
        },
      }),
    });
    const asked: Parameters<typeof bot.queue.send>[0][] = [];
    const relish = bot.discord.user("relish");
    const question = await ask(relish);
    const [pressed] = [relish.press(question, "Yes, add"), relish.press(question, "Yes, add")];
    const answer = await pressed.answer({ timeout: 20_000 });
    expect(answer.content).toContain("**added**");
    expect(await idsIn(bot.store, "uploads/")).toHaveLength(1);
    await relish.press(answer, "Take back 1").answer();
    await until(() => expect(asked).toHaveLength(2));
    for (const job of asked) await bot.queue.send(job);
    await until(() => expect(bot.logged().match(/"kind":"add-asked".*"msg":"done"/g)).toHaveLength(3));
    expect(await bot.store.list("images/")).toEqual([]);
    expect(relish.messages().find(({ id }) => id === question.id)?.content).toContain("**taken back**");
  });

  it("are not added once their message is deleted, which the answer says", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const message = relish.post("", await picturesOf(1), { dm: true });
    const question = await relish.waitForMessage(({ content }) => content.includes("hot-dog set?"));
    const path = new RegExp(`/messages/${message.id}$`);
    bot.discord.fault({ method: "GET", path, times: 1, act: { status: 404, code: 10_008 } });
    const answer = await relish.press(question, "Yes, add").answer();
    expect(answer.content).toContain("Your message is gone");
    expect(answer.components).toEqual([]);
    expect(await stored(bot)).toEqual([]);
  });

  it("are refused when Discord has deleted the files since", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const question = await ask(relish);
    bot.discord.fault({ path: /^\/attachments\//, times: 1, act: { status: 404 } });
    const answer = await relish.press(question, "Yes, add").answer();
    expect(answer.content).toContain("**refused**: it can no longer be downloaded");
    expect(await stored(bot)).toEqual([]);
  });

  it("are not asked about if none can be added", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    relish.post("", [{ name: "a.png", bytes: Buffer.from("text") }], { dm: true });
    const answer = await relish.waitForMessage(({ content }) => content.includes("**refused**"));
    expect(answer.components).toEqual([]);
  });

  it("are asked about once when the first attempt could not download them", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    bot.discord.fault({ path: /^\/attachments\//, times: 1, act: { status: 503 } });
    await ask(relish);
    expect(bot.logged().match(/failed; it will be retried/g)).toHaveLength(1);
    expect(relish.messages()).toHaveLength(2);
  });

  it("are answered in the language of the person who presses", async () => {
    await using bot = await hotdogBot();
    const relish = bot.discord.user("relish");
    const question = await ask(relish);
    const answer = await relish.press(question, "Yes, add", { locale: "fr" }).answer();
    expect(answer.content).toContain("**ajoutée**");
    expect(JSON.stringify(answer.components)).toContain("Reprendre 1");
  });
});

describe("images in a private thread", () => {
  /** A private thread with the bot in it, and a message of relish with an image, which the bot answers. */
  async function askInThread(bot: HotdogBot, says: string) {
    const [ketchup, relish] = [bot.discord.user("ketchup"), bot.discord.user("relish")];
    const thread = ketchup.createThread("secret", { private: true });
    for (const name of ["bot", "relish"]) ketchup.addToThread(thread.id, name);
    const mention = `<@${bot.discord.applicationId}>`;
    relish.post(mention, await picturesOf(1), { channelId: thread.id });
    return {
      question: await relish.waitForMessage(({ content }) => content.includes(says)),
      relish,
      ketchup,
    };
  }

  it("are added to the channel's project once their sender, and nobody else, says yes", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot);
    const { question, relish, ketchup } = await askInThread(
      bot,
      `to the project of <#${bot.discord.channelId}>?`,
    );
    const refused = await ketchup.press(question, "Yes, add").answer();
    expect(isPrivate(refused)).toBe(true);
    expect(refused.content).toContain("Only the person who sent these images");
    expect(await bot.store.list(`projects/${id}/images/`)).toEqual([]);
    const answer = await relish.press(question, "Yes, add").answer();
    expect(answer.content).toContain("**added**");
    expect(await bot.store.list(`projects/${id}/images/`)).toHaveLength(1);
    expect(await bot.store.list("images/")).toEqual([]);
  });

  it("are refused at once to those who may not add any", async () => {
    await using bot = await hotdogBot();
    await createProject(bot, { form: { question: "?", labels: "a\nb", uploads: "moderators" } });
    const { question } = await askInThread(bot, "can add images to this channel’s project");
    expect(question.components).toEqual([]);
  });

  it("are not added after the project was closed in the meantime", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot);
    const { question, relish, ketchup } = await askInThread(bot, "to the project of");
    const close = await ketchup.command("project close").answer();
    ketchup.press(close, encodeCustomId({ kind: "close-project", project: id }));
    await until(() => expect(bot.logged()).toMatch(/"kind":"close-project".*"msg":"done"/));
    const refused = await relish.press(question, "Yes, add").answer();
    expect(refused.content).toContain("project is closed");
    expect(await bot.store.list(`projects/${id}/images/`)).toEqual([]);
  });
});

it("a forged question about somebody else's message adds nothing", async () => {
  await using bot = await hotdogBot();
  const [relish, ketchup] = [bot.discord.user("relish"), bot.discord.user("ketchup")];
  const theirs = relish.post("holiday", await picturesOf(1));
  const custom_id = encodeCustomId({
    kind: "add-asked",
    message: theirs.id,
    sender: ketchup.id,
    project: null,
    answer: true,
  });
  const rest = new REST({ api: bot.discord.api }).setToken(bot.discord.botToken);
  const components = [{ type: 1, components: [{ type: 2, style: 1, label: "Yes", custom_id }] }];
  const body = { content: "forged", components };
  const forged = (await rest.post(Routes.channelMessages(bot.discord.channelId), { body })) as APIMessage;
  const refused = await ketchup.press(forged, custom_id).answer();
  expect(refused.content).toContain("Only the person who sent these images");
  expect(await stored(bot)).toEqual([]);
  expect(bot.logged()).not.toContain(ketchup.id);
});
