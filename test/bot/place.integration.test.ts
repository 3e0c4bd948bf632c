import type { Channel } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeOf } from "../../src/commands/place.ts";
import { collectingBot } from "../collected-jobs.ts";
import type { HotdogBot } from "../hotdog-bot.ts";
import { plainPng } from "../pictures.ts";

const NO_RIGHTS = { moderate: false, manage: false, moderateHotdogs: false, manageHotdogs: false };
const ALL_RIGHTS = { moderate: true, manage: true, moderateHotdogs: true, manageHotdogs: true };
const OWNER_RIGHTS = {
  atHome: false,
  moderate: false,
  manage: false,
  moderateHotdogs: true,
  manageHotdogs: true,
};

describe("a job", () => {
  let bot: HotdogBot;
  let collected: Awaited<ReturnType<typeof collectingBot>>;

  beforeEach(async () => {
    collected = await collectingBot();
    ({ bot } = collected);
  });

  /** Takes the next job, and returns what it says about who asked, and where. */
  async function next(kind: "progress" | "export" | "round" | "message-upload") {
    const job = await collected.next(kind);
    return "message" in job ? job.message : job.interaction;
  }

  afterEach(() => bot[Symbol.asyncDispose]());

  it("names the channel of a command, and what the person may do there and with the hot dogs", async () => {
    const { channelId } = bot.discord;
    const place = { channelId, ageRestricted: false };
    for (const [name, rights] of [
      ["relish", NO_RIGHTS],
      ["mustard", { ...NO_RIGHTS, moderate: true, moderateHotdogs: true }],
      ["ketchup", ALL_RIGHTS],
    ] as const) {
      bot.discord.user(name).command("progress");
      expect(await next("progress")).toMatchObject({ place, rights });
    }
  });

  it("gives the owner of another server rights in its channels, but not with the hot dogs", async () => {
    const channelId = bot.discord.guilds[1]?.channels[0]?.id ?? "";
    const place = { channelId, ageRestricted: false };
    bot.discord.user("mustard").command("export", { format: "labels" }, { channelId });
    const rights = { ...NO_RIGHTS, moderate: true, manage: true };
    expect(await next("export")).toMatchObject({ place, rights });
    bot.discord.user("ketchup").command("export", { format: "labels" }, { channelId });
    expect(await next("export")).toMatchObject({ place, rights: OWNER_RIGHTS });
  });

  it("has no place in direct messages, where only the application's owner may do anything", async () => {
    bot.discord.user("mustard").command("export", { format: "labels" }, { dm: true });
    const mustard = await next("export");
    expect(mustard).toMatchObject({ guildId: null, rights: NO_RIGHTS });
    expect(mustard).not.toHaveProperty("place");
    bot.discord.user("ketchup").command("export", { format: "labels" }, { dm: true });
    expect((await next("export")).rights).toEqual(OWNER_RIGHTS);
    bot.discord.user("relish").post("", [await image()], { dm: true });
    const posted = await next("message-upload");
    expect(posted).toMatchObject({ guildId: null, rights: NO_RIGHTS });
    expect(posted).not.toHaveProperty("place");
  });

  it("says whether the channel is age-restricted, as it is now", async () => {
    const { id } = bot.discord.createChannel({ name: "night", nsfw: true });
    bot.discord.user("relish").command("round", {}, { channelId: id });
    expect((await next("round")).place).toEqual({ channelId: id, ageRestricted: true });
    bot.discord.editChannel(id, { nsfw: false });
    bot.discord.user("relish").post(`<@${bot.discord.applicationId}>`, [await image()], { channelId: id });
    expect((await next("message-upload")).place).toEqual({ channelId: id, ageRestricted: false });
  });

  it("names the parent of a thread, whose age restriction applies", async () => {
    const { id: channelId } = bot.discord.createChannel({ name: "night", nsfw: true });
    const mustard = bot.discord.user("mustard");
    for (const thread of ["public", "private"] as const) {
      const created = mustard.createThread(thread, { channelId, private: thread === "private" });
      mustard.addToThread(created.id, bot.discord.applicationId);
      const place = { channelId, thread, ageRestricted: true };
      mustard.command("progress", {}, { channelId: created.id });
      const rights = { ...NO_RIGHTS, moderate: true, moderateHotdogs: true };
      expect(await next("progress")).toMatchObject({ channelId: created.id, place, rights });
      mustard.post(`<@${bot.discord.applicationId}>`, [await image()], { channelId: created.id });
      expect(await next("message-upload")).toMatchObject({ channelId: created.id, place, rights });
    }
  });

  it("has no place in a thread whose parent the bot does not know, so that the worker asks", () => {
    const thread = { isDMBased: () => false, isThread: () => true, parent: null } as unknown as Channel;
    expect(placeOf(thread)).toBeUndefined();
    expect(placeOf(null)).toBeUndefined();
  });

  it("from a message says what its author may do", async () => {
    const place = { channelId: bot.discord.channelId, ageRestricted: false };
    for (const [name, rights] of [
      ["relish", NO_RIGHTS],
      ["mustard", { ...NO_RIGHTS, moderate: true, moderateHotdogs: true }],
      ["ketchup", ALL_RIGHTS],
    ] as const) {
      bot.discord.user(name).post(`<@${bot.discord.applicationId}>`, [await image()]);
      expect(await next("message-upload")).toMatchObject({ place, rights });
    }
  });
});

async function image(): Promise<{ name: string; bytes: Buffer }> {
  return { name: "photo.png", bytes: await plainPng(1) };
}
