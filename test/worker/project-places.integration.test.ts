import { ChannelType } from "discord.js";
import { describe, expect, it } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import { projectIndex } from "../../src/project/project-index.ts";
import { hotdogBot, type HotdogBot } from "../hotdog-bot.ts";
import { until } from "../until.ts";
import { buttonsIn, CATS, createProject, isPrivate, picturesOf, textOf } from "./channel-project.ts";
import { removeImage } from "./remove-image.ts";

async function imagesIn({ store }: HotdogBot, id?: string): Promise<number> {
  return (await store.list(id === undefined ? "images/" : `projects/${id}/images/`)).length;
}

/** Uploads an image as a person. */
async function upload(
  { discord }: HotdogBot,
  name: "ketchup" | "mustard" | "relish",
  options: { channelId?: string; locale?: string } = {},
) {
  const [image] = await picturesOf(1);
  return discord
    .user(name)
    .command("upload", { image: image ?? { name: "", bytes: Buffer.of() } }, options)
    .answer();
}

/** Sends jobs as an older bot does: it does not say where something happened, or what the person may do. */
function fromOlderBot(job: Job): Job {
  if (!("interaction" in job)) return job;
  const { place: _, rights: __, ...interaction } = job.interaction;
  return { ...job, interaction };
}

describe("images", () => {
  it("go to the channel's project by command, menu and mention, also from its threads", async () => {
    await using bot = await hotdogBot();
    const { discord } = bot;
    const { id } = await createProject(bot);
    const relish = discord.user("relish");
    const added = await upload(bot, "relish");
    expect(added.content).toContain("**added**");
    expect(added.content).toContain("`/round` shows the images of this channel’s project");
    const posted = relish.post("look", await picturesOf(1));
    await relish.messageCommand("Add to image set", posted).answer();
    relish.post(`<@${discord.applicationId}>`, await picturesOf(1));
    const thread = relish.createThread("cats");
    await upload(bot, "relish", { channelId: thread.id });
    relish.post(`<@${discord.applicationId}>`, await picturesOf(1), { channelId: thread.id });
    await until(async () => expect(await imagesIn(bot, id)).toBe(5));
    expect(await imagesIn(bot)).toBe(0);
    const round = await relish.command("round", {}, { channelId: thread.id }).answer();
    expect((await relish.press(round, "Cat").answer()).content).toContain("**Cat**");
  });

  it("go from all posts of a forum to the forum's project", async () => {
    await using bot = await hotdogBot();
    const { discord } = bot;
    const { id: forum } = discord.createChannel({ name: "forum", type: ChannelType.GuildForum });
    const [ketchup, relish] = [discord.user("ketchup"), discord.user("relish")];
    const { id: first } = ketchup.createPost(forum, "Cats", "Here they are.");
    const { id: second } = ketchup.createPost(forum, "Dogs", "And there.");
    const { id } = await createProject(bot, { channelId: first, images: 1 });
    await upload(bot, "relish", { channelId: second });
    expect(await imagesIn(bot, id)).toBe(2);
    expect(await bot.store.get(`projects/channels/${forum}`)).toBeDefined();
    expect(buttonsIn(await relish.command("round", {}, { channelId: second }).answer())).toHaveLength(8);
  });

  it("come from moderators alone if the project says so, until its settings change", async () => {
    await using bot = await hotdogBot();
    const { id } = await createProject(bot, { form: { ...CATS, uploads: "moderators" } });
    expect((await upload(bot, "mustard")).content).toContain("**added**");
    const refused = await upload(bot, "relish", { locale: "fr" });
    expect(refused.content).toContain("Seuls les membres qui peuvent gérer les messages");
    expect(isPrivate(refused)).toBe(true);
    expect(await imagesIn(bot, id)).toBe(1);
    const index = projectIndex(bot.store, { log: bot.log, now: Date.now, random: Math.random });
    await index.change(id, () => ({ uploads: "everyone" }));
    expect((await upload(bot, "relish")).content).toContain("**added**");
  });

  it("are not taken by a command from a private thread, which shows those of the project", async () => {
    await using bot = await hotdogBot();
    const { discord } = bot;
    const { id } = await createProject(bot, { images: 1 });
    const ketchup = discord.user("ketchup");
    const { id: channelId } = ketchup.createThread("secret", { private: true });
    expect((await upload(bot, "ketchup", { channelId })).content).toContain(
      "This command does not add images from a private thread",
    );
    expect(await imagesIn(bot, id)).toBe(1);
    const round = await ketchup.command("round", {}, { channelId }).answer();
    expect((await ketchup.press(round, "Cat").answer()).content).toContain("**Cat**");
  });

  it("of an age-restricted channel reach its project, but never the hot dogs", async () => {
    await using bot = await hotdogBot();
    const { id: channelId } = bot.discord.createChannel({ name: "adults", nsfw: true });
    expect((await upload(bot, "relish", { channelId })).content).toContain("age-restricted");
    expect(await imagesIn(bot)).toBe(0);
    const { id } = await createProject(bot, { channelId });
    expect((await upload(bot, "relish", { channelId })).content).toContain("**added**");
    expect(await imagesIn(bot, id)).toBe(1);
  });
});

describe("a moderator of the channel", () => {
  it("removes images of its project, and others do not", async () => {
    await using bot = await hotdogBot();
    const { discord } = bot;
    const { id, announcement } = await createProject(bot, { images: 2 });
    const [relish, mustard] = [discord.user("relish"), discord.user("mustard")];
    const refused = await relish.press(announcement, "Remove 1").answer();
    expect(refused.content).toContain("Only members who can manage messages here");
    expect((await relish.messageCommand("Remove from image set", announcement).answer()).content).toContain(
      "Only members who can manage messages here",
    );
    expect(await imagesIn(bot, id)).toBe(2);
    const changed = await removeImage(bot, "mustard", announcement);
    expect(changed.content).toContain("**removed**");
    expect(changed.content).toContain("This channel is now a labeling project");
    expect(buttonsIn(changed).map((button) => "label" in button && button.label)).toEqual([
      "Remove 2",
      "Take back 2",
    ]);
    const round = await relish.command("round").answer();
    const offer = await mustard.messageCommand("Remove from image set", round).answer();
    const after = await mustard.press(offer, "Remove").answer();
    expect(textOf(after)).toContain("**Removed from the set.** The labels stay.");
    expect(await imagesIn(bot, id)).toBe(0);
  });

  it("does not export, create, change or close it", async () => {
    await using bot = await hotdogBot();
    await createProject(bot, { images: 1 });
    const mustard = bot.discord.user("mustard");
    for (const [command, options] of [
      ["export", { format: "labels" }],
      ["project create", {}],
      ["project edit", {}],
      ["project close", {}],
    ] as const)
      expect((await mustard.command(command, options).answer()).content).toContain(
        "Only members who can manage the server",
      );
  });
});

describe("a job without a place", () => {
  it("makes the worker ask Discord, about a thread's parent too", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({
        send: (job) => queue.send(job.kind === "create-project" ? job : fromOlderBot(job)),
      }),
    });
    const { id } = await createProject(bot, { images: 1 });
    const relish = bot.discord.user("relish");
    const { id: channelId } = relish.createThread("cats");
    const round = await relish.command("round", {}, { channelId }).answer();
    expect((await relish.press(round, "Cat").answer()).content).toContain("**Cat**");
    expect((await upload(bot, "relish")).content).toContain("**added**");
    expect(await imagesIn(bot, id)).toBe(2);
    const exported = await bot.discord.user("ketchup").command("export", { format: "labels" }).answer();
    expect(exported.content).toContain("Only members who can manage the server");
  });

  it("is refused if Discord does not say either", async () => {
    await using bot = await hotdogBot({
      jobs: (queue) => ({ send: (job) => queue.send(fromOlderBot(job)) }),
    });
    bot.discord.fault({ method: "GET", path: /\/channels\/\d+$/, act: { status: 403, code: 50_001 } });
    expect((await upload(bot, "relish")).content).toContain("did not say which channel this is");
    expect(await imagesIn(bot)).toBe(0);
  });
});
