import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChannelType, PermissionFlagsBits } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { type LocalDiscord, startLocalDiscord, type WorldDescription } from "../src/start.ts";
import { joinBot, joinReplyingBot, openLocalDiscord, ping } from "./bot.ts";

const world: WorldDescription = {
  bot: { name: "helper", id: "100000000000000001" },
  token: "some.bot.token",
  people: [{ name: "ann", displayName: "Ann Lee", id: "100000000000000002" }, { name: "bob" }],
  owner: "bob",
  guilds: [
    {
      name: "Home",
      id: "100000000000000003",
      owner: "bob",
      locale: "fr",
      roles: [{ name: "mods", permissions: ["ManageMessages"], members: ["ann"] }],
      channels: [{ name: "lobby" }, { name: "ideas", type: "forum", nsfw: true, id: "100000000000000004" }],
      bot: ["ManageChannels"],
    },
    { name: "Elsewhere", channels: [{ name: "general" }], bot: false },
  ],
};

/** Returns what a snapshot of a test has: ids, tokens and timestamps. */
async function ids(discord: LocalDiscord): Promise<string> {
  const [received] = await Promise.all([joinReplyingBot(discord, "pong", [ping]), discord.waitForBot()]);
  const answer = await discord.user("relish").command("ping").answer();
  discord.advance(60_000);
  const posted = discord.user("ketchup").post("hello");
  return JSON.stringify([discord.botToken, received[0]?.token, answer, posted, discord.guilds]);
}

describe("a described world", () => {
  it("has its bot, people, guilds, roles and channels", async () => {
    const discord = await openLocalDiscord({ world });
    expect(discord.botToken).toBe("some.bot.token");
    const bot = await joinBot(discord);
    expect(bot.user).toMatchObject({ username: "helper", id: "100000000000000001" });
    expect((await bot.application.fetch()).owner).toMatchObject({ username: "bob" });
    expect([...bot.guilds.cache.keys()]).toEqual(["100000000000000003"]);
    const guild = bot.guilds.cache.first();
    expect(guild).toMatchObject({ name: "Home", preferredLocale: "fr", ownerId: discord.user("bob").id });
    expect(guild?.channels.cache.get("100000000000000004")).toMatchObject({
      name: "ideas",
      type: ChannelType.GuildForum,
      nsfw: true,
    });
    expect(guild?.members.me?.permissions.has(PermissionFlagsBits.ManageChannels)).toBe(true);
    const ann = (await guild?.members.fetch({ user: ["100000000000000002"] }))?.first();
    expect(ann?.displayName).toBe("Ann Lee");
    expect(ann?.permissions.has(PermissionFlagsBits.ManageMessages)).toBe(true);
    discord.user("ann").post("to the bot", [], { dm: true });
    expect(discord.messages()).toHaveLength(1);
    expect(() => discord.user("zoe")).toThrow("There is no person zoe. The people are: ann, bob.");
  });

  it("has a bot with the id in its token, and keeps the ids that it leaves open", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const token = `${Buffer.from("123456789012345678").toString("base64url")}.a.b`;
    const { bot: _, ...others } = world;
    const before = await startLocalDiscord({ folder, world: others, token });
    expect(before.applicationId).toBe("123456789012345678");
    const { guilds } = before;
    await before.close();
    await using after = await startLocalDiscord({ folder, world: others, token });
    expect(after.guilds).toEqual(guilds);
    expect(after.botToken).toBe(token);
  });

  it("takes no options of the built-in world, and a seed no folder", async () => {
    await expect(startLocalDiscord({ world, guildName: "Other" })).rejects.toThrow(
      "guildName is for the built-in world. Set it in the world instead.",
    );
    await expect(startLocalDiscord({ seed: 1, folder: tmpdir() })).rejects.toThrow(
      "Set seed or folder, but not both.",
    );
  });
});

describe("a seed", () => {
  it("gives the same ids, tokens and timestamps in each run, and others than another seed", async () => {
    const [once, again, other] = await Promise.all(
      [1, 1, "other"].map(async (seed) => {
        await using discord = await startLocalDiscord({ seed });
        return await ids(discord);
      }),
    );
    expect(again).toBe(once);
    expect(once).toContain('"timestamp":"2026-01-01T00:01:00.000Z"');
    expect(other).not.toBe(once);
  });
});
