import type { APIMessage } from "discord.js";
import { describe, expect, it } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import { projectIndex } from "../../src/project/project-index.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { buttonsIn, createProject, isPrivate, textOf } from "./channel-project.ts";

const HOUR_MS = 60 * 60 * 1_000;

const indexOf = ({ store, log }: HotdogBot) =>
  projectIndex(store, { log, now: Date.now, random: Math.random });

async function labelsOf(bot: HotdogBot, id: string): Promise<string[] | undefined> {
  return (await indexOf(bot).read(id))?.labels;
}

/** Opens the settings of the channel's project, as the owner of its server. */
async function openSettings({ discord }: HotdogBot): Promise<APIMessage> {
  return discord.user("ketchup").command("project edit").answer();
}

/** Submits the form that a button of a message opens, and resolves with what the message then says. */
async function submitForm({ discord }: HotdogBot, message: APIMessage, typed: object): Promise<APIMessage> {
  const before = textOf(message);
  const modal = await discord
    .user("ketchup")
    .press(message, buttonsIn(message)[0]?.custom_id ?? "")
    .modal();
  discord.user("ketchup").submit(modal, typed as Record<string, string>);
  return discord
    .user("ketchup")
    .waitForMessage((changed) => changed.id === message.id && textOf(changed) !== before);
}

describe("/project create", () => {
  it("in a channel with a project is refused privately, and loses only the files", async () => {
    await using bot = await hotdogBot();
    await createProject(bot);
    const other = { question: "Red?", labels: "yes\nno", uploads: "moderators" };
    const { announcement: refused } = await createProject(bot, { form: other, images: 1 });
    expect(isPrivate(refused)).toBe(true);
    expect(textOf(refused)).toContain("This channel has a project already");
    expect(textOf(refused)).toContain("Your files were not kept");
    expect(
      (await bot.store.list("projects/")).filter(({ key }) => key.endsWith("project.json")),
    ).toHaveLength(1);
    const ketchup = bot.discord.user("ketchup");
    const modal = await ketchup.press(refused, "Correct").modal();
    const { channelId } = bot.discord;
    await bot.store.delete(`projects/channels/${channelId}`);
    const created = await ketchup.submit(modal, {}).answer();
    expect(textOf(created)).toContain(String.raw`Red\?`);
    expect(textOf(created)).toContain("Members who can manage messages can add images");
  });

  it("is refused by the worker too if it comes from a private thread", async () => {
    const inPrivate = (job: Job): Job =>
      job.kind === "create-project" && job.interaction.place
        ? {
            ...job,
            interaction: { ...job.interaction, place: { ...job.interaction.place, thread: "private" } },
          }
        : job;
    await using bot = await hotdogBot({ jobs: (queue) => ({ send: (job) => queue.send(inPrivate(job)) }) });
    const { announcement: refused } = await createProject(bot);
    expect(textOf(refused)).toContain("Use `/project create` in the channel itself");
  });

  it("of two at once gives the channel to one, and tells the other", async () => {
    await using bot = await hotdogBot();
    const created = await Promise.all([createProject(bot), createProject(bot)]);
    const texts = created.map(({ announcement }) => textOf(announcement)).toSorted();
    expect(texts[0]).toContain("This channel is now a labeling project");
    expect(texts[1]).toContain("This channel has a project already");
  });
});

describe("/project edit", () => {
  it("renames and adds labels, and says so in the message with the settings", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot, { images: 1 });
    const relish = bot.discord.user("relish");
    const round = await relish.command("round").answer();
    await relish.press(round, "Dog").answer();
    const saved = await submitForm(bot, await openSettings(bot), { labels: "Cat\nHound\nNeither\nBoth" });
    expect(textOf(saved)).toContain("**Saved.**");
    expect(await labelsOf(bot, id)).toEqual(["Cat", "Hound", "Neither", "Both"]);
    const renamed = await relish.command("round").answer();
    expect((await relish.press(renamed, "Hound").answer()).content).toContain("image 1 is **Hound**");
    expect((await relish.press(renamed, "Both").answer()).content).toContain("image 1 is **Both**");
    expect(textOf(await relish.command("progress").answer())).toContain("**Answers:** 3, by 1 person");
  });

  it.each([
    ["fewer labels", "Cat\nDog", "all 3 labels must stay"],
    ["a moved label", "Dog\nCat\nNeither", "Dog is on another line now"],
  ])("refuses %s once there are answers, and keeps what was typed", async (_, labels, reason) => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot, { images: 1 });
    const first = await submitForm(bot, await openSettings(bot), { labels: "Cat\nDog\nNeither\nBoth" });
    await submitForm(bot, first, { labels: "Cat\nDog\nNeither" });
    expect(await labelsOf(bot, id)).toHaveLength(3);
    const relish = bot.discord.user("relish");
    await relish.press(await relish.command("round").answer(), "Not sure").answer();
    const refused = await submitForm(bot, await openSettings(bot), { labels, question: "Which pet?" });
    expect(textOf(refused)).toContain(reason);
    expect(await labelsOf(bot, id)).toEqual(["Cat", "Dog", "Neither"]);
    const corrected = await submitForm(bot, refused, { labels: "Cat\nDog\nNone" });
    expect(textOf(corrected)).toContain("**Saved.**");
    expect(await indexOf(bot).read(id)).toMatchObject({
      question: "Which pet?",
      labels: ["Cat", "Dog", "None"],
    });
  });

  it("does not overwrite what someone else has changed since, unless the person insists", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot);
    const [mine, theirs] = [await openSettings(bot), await openSettings(bot)];
    await submitForm(bot, theirs, { labels: "Cat\nHound\nNeither" });
    const stale = await submitForm(bot, mine, { question: "Which pet?" });
    expect(textOf(stale)).toContain("someone has changed the settings");
    expect(textOf(stale)).toContain("Hound");
    expect(await labelsOf(bot, id)).toEqual(["Cat", "Hound", "Neither"]);
    await submitForm(bot, stale, { labels: "Cat\nHound\nNeither" });
    expect(await indexOf(bot).read(id)).toMatchObject({
      question: "Which pet?",
      labels: ["Cat", "Hound", "Neither"],
    });
  });
});

describe("/project close", () => {
  it("exports first if asked, and then frees the channel for a new project", async () => {
    await using bot = await hotdogBot();
    const { discord } = bot;
    const { id } = await createProject(bot, { images: 1 });
    const relish = discord.user("relish");
    const round = await relish.command("round").answer();
    await relish.press(round, "Dog").answer();
    const ketchup = discord.user("ketchup");
    const offer = await ketchup.command("project close").answer();
    expect(isPrivate(offer)).toBe(true);
    expect(offer.content).toContain(String.raw`Cat\, dog or neither\?`);
    const exported = await ketchup.press(offer, "Export the labels").answer();
    expect(exported.attachments.map(({ filename }) => filename)).toContain("labels.csv");
    bot.advance(24 * HOUR_MS);
    ketchup.press(offer, "Close the project");
    await ketchup.waitForMessage(({ content }) => content.includes("The project is closed."));
    for (const command of ["round", "progress", "project info", "project edit"]) {
      const answer = await ketchup.command(command).answer();
      expect(answer.content).toContain("This channel’s project is closed");
      expect(isPrivate(answer)).toBe(true);
    }
    expect((await relish.press(round, "Dog").answer()).content).toContain("project is closed");
    const { id: next } = await createProject(bot);
    expect(next).not.toBe(id);
    expect((await relish.press(round, "Dog").answer()).content).toContain("a project of another channel");
    expect(await bot.store.get(`projects/${id}/labels/00000.csv`)).toBeDefined();
    const { closedAt = "" } = (await indexOf(bot).read(id)) ?? {};
    expect(Date.parse(closedAt)).toBeGreaterThan(Date.now() + 23 * HOUR_MS);
  });

  it("makes a press whose worker died read that nothing was done, although its row is there", async () => {
    const [isWritten, isClosed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let deaths = 1;
    await using bot = await hotdogBot({
      answers: (answers) => ({
        ...answers,
        async give(to, message, options) {
          if (!message.content?.startsWith("Saved") || deaths === 0)
            return answers.give(to, message, options);
          deaths -= 1;
          isWritten.resolve();
          await isClosed.promise;
          throw new Error("killed");
        },
      }),
    });
    const { id } = await createProject(bot, { images: 1 });
    const relish = bot.discord.user("relish");
    const round = await relish.command("round").answer();
    const answer = relish.press(round, "Dog").answer();
    await isWritten.promise;
    await indexOf(bot).close(id, Date.now());
    // Another worker, which has not cached the project.
    await bot.stopWorkers();
    bot.startWorker();
    isClosed.resolve();
    expect((await answer).content).toContain("so nothing was done");
    const { body } = (await bot.store.get(`projects/${id}/labels/00000.csv`)) ?? {};
    expect(body?.toString().trim().split("\r\n")).toHaveLength(2);
  });

  it("of an empty channel explains that there is nothing to close", async () => {
    await using bot = await hotdogBot();
    const answer = await bot.discord.user("ketchup").command("project close").answer();
    expect(answer.content).toContain("This channel has no project yet");
  });
});

it("a project that has moved works in its new channel alone", async () => {
  await using bot = await hotdogBot();
  const { discord } = bot;
  const { id } = await createProject(bot, { images: 1 });
  const relish = discord.user("relish");
  const round = await relish.command("round").answer();
  const { id: channelId } = discord.createChannel({ name: "elsewhere" });
  await indexOf(bot).move(id, { channel: channelId, guild: discord.guildId });
  const moved = await relish.command("round", {}, { channelId }).answer();
  expect((await relish.press(moved, "Dog").answer()).content).toContain("image 1 is **Dog**");
  // Another worker, which has not cached where the project was.
  await bot.stopWorkers();
  bot.startWorker();
  expect((await relish.press(round, "Dog").answer()).content).toContain("or has moved to another channel");
});
