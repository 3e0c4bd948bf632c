import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChannelType, MessageFlags, PermissionFlagsBits, Routes } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Copies the folder as a kill at this moment would leave it, with an incomplete last line. */
function killed(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  appendFileSync(join(copy, "journal.jsonl"), '{"key":"message:1","val');
  return copy;
}

describe("a local Discord with a folder", () => {
  it("restores its messages, attachments, commands and ids after a kill", async () => {
    const folder = temporaryFolder();
    const before = await openLocalDiscord({ folder });
    await joinBot(before, async (interaction) => interaction.isRepliable() && interaction.deferReply());
    const ketchup = before.user("ketchup");
    const file = { name: "a.txt", bytes: Buffer.from("kept") };
    const question = ketchup.post("with a file", [file]);
    ketchup.command("ping");
    const placeholder = await before.waitForMessage(({ flags }) => flags === MessageFlags.Loading);

    const after = await openLocalDiscord({ folder: killed(folder) });
    expect(after.messages().map(({ id }) => id)).toEqual([question.id, placeholder.id]);
    expect(after.user("ketchup").id).toBe(ketchup.id);
    for (const key of ["botToken", "applicationId", "guildId", "channelId"] as const) {
      expect(after[key]).toBe(before[key]);
    }
    // The port has changed, and with it the URL of the attachment.
    const url = after.messages()[0]?.attachments[0]?.url ?? "";
    expect(url.startsWith(after.cdn)).toBe(true);
    expect(await (await fetch(url)).text()).toBe("kept");
    expect((await after.waitForCommand("ping")).description).toBe("Says pong");
    expect(BigInt(after.user("ketchup").post("new").id)).toBeGreaterThan(BigInt(placeholder.id));
  });

  it("stays consistent through edits, deletions and many restarts", async () => {
    let folder = temporaryFolder();
    for (let round = 0; round < 3; round++) {
      const discord = await openLocalDiscord({ folder });
      expect(discord.messages()).toHaveLength(round);
      const bot = await joinBot(discord);
      discord.user("relish").post(`round ${round}`);
      const channel = await bot.channels.fetch(discord.channelId);
      if (!channel?.isSendable()) throw new Error("not sendable");
      const message = await channel.send("before");
      await message.edit("after");
      await message.delete();
      folder = killed(folder);
    }
  });

  it("restores its channels, and where the bot is with which permissions", async () => {
    const folder = temporaryFolder();
    const before = await openLocalDiscord({ folder });
    const [first, second] = before.guilds.map(({ id }) => id);
    const { id } = before.createChannel({ name: "new", nsfw: true, type: ChannelType.GuildForum });
    before.deleteChannel(before.channelId);
    before.removeBot(first ?? "");
    before.addBot(first ?? "", { permissions: PermissionFlagsBits.ManageChannels });
    before.denyBot(id, PermissionFlagsBits.SendMessages);
    before.removeBot(second ?? "");

    const after = await openLocalDiscord({ folder: killed(folder) });
    expect(after.guilds).toEqual(before.guilds);
    const bot = await joinBot(after);
    expect([...bot.guilds.cache.keys()]).toEqual([first]);
    const channel = bot.guilds.cache.get(first ?? "")?.channels.cache.get(id);
    expect(channel).toMatchObject({ name: "new", nsfw: true, type: ChannelType.GuildForum });
    const permissions = channel?.permissionsFor(bot.user);
    expect(permissions?.has(PermissionFlagsBits.ManageChannels)).toBe(true);
    expect(permissions?.has(PermissionFlagsBits.SendMessages)).toBe(false);
  });

  it("of an earlier version keeps what is denied to the bot, and people may react", async () => {
    const folder = temporaryFolder();
    const before = await openLocalDiscord({ folder });
    const { id } = before.createChannel({ name: "new" });
    const message = before.user("relish").post("hello");
    const copy = killed(folder);
    const path = join(copy, "journal.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    const earlier = lines.map((line) => {
      if (!line.startsWith(`{"key":"guild:${before.guildId}"`)) return line;
      const { key, value } = JSON.parse(line) as { key: string; value: { channels: { id: string }[] } };
      const channels = value.channels.map(({ id: channelId }) => ({
        id: channelId,
        name: "old",
        type: 0,
        nsfw: false,
        position: 0,
        deniedToBot: channelId === id ? String(PermissionFlagsBits.SendMessages) : "0",
      }));
      return JSON.stringify({ key, value: { ...value, everyonePermissions: "380171832320", channels } });
    });
    writeFileSync(path, earlier.join("\n"));

    const after = await openLocalDiscord({ folder: copy });
    const bot = await joinBot(after);
    await expect(
      bot.rest.post(Routes.channelMessages(id), { body: { content: "hi" } }),
    ).rejects.toMatchObject({
      code: 50013,
    });
    after.user("relish").react(message, "👍");
    const again = await openLocalDiscord({ folder: killed(copy) });
    expect(again.user("relish").messages()[0]).toMatchObject({ reactions: [{ count: 1, me: true }] });
  });

  it("restores its roles, and nicknames, timeouts and bans of its members", async () => {
    const folder = temporaryFolder();
    const before = await openLocalDiscord({ folder });
    const { guildId } = before;
    const [relish, mustard] = [before.user("relish").id, before.user("mustard").id];
    const role = before.createRole({ name: "cooks", color: 0xff0000, permissions: 1n << 40n });
    before.editRole(guildId, { permissions: PermissionFlagsBits.ViewChannel });
    before.editMember(relish, { nick: "Pickle", roles: [role], timeout: 60_000 });
    before.ban(mustard, { reason: "spam" });

    const after = await openLocalDiscord({ folder: killed(folder) });
    expect(after.guilds).toEqual(before.guilds);
    const bot = await joinBot(after);
    const guild = await bot.guilds.fetch({ guild: guildId, force: true });
    const created = guild.roles.cache.get(role);
    expect(created).toMatchObject({ name: "cooks", position: 1, colors: { primaryColor: 0xff0000 } });
    expect(created?.permissions.bitfield).toBe(1n << 40n);
    expect(guild.roles.everyone.permissions.bitfield).toBe(PermissionFlagsBits.ViewChannel);
    const member = await guild.members.fetch(relish);
    expect(member.nickname).toBe("Pickle");
    expect(member.roles.cache.has(role)).toBe(true);
    expect(member.isCommunicationDisabled()).toBe(true);
    await expect(guild.members.fetch(mustard)).rejects.toMatchObject({ code: 10007 });
    expect(() => after.addMember(mustard)).toThrow("mustard is banned");
  });

  it("locks it: another one is refused until the first is closed", async () => {
    const folder = temporaryFolder();
    const first = await openLocalDiscord({ folder });
    await expect(openLocalDiscord({ folder })).rejects.toThrow(
      `Another local Discord is using ${folder}. Stop it first, or use another folder.`,
    );
    const { id } = first.user("relish").post("kept");
    await first.close();
    const second = await openLocalDiscord({ folder });
    expect(second.messages().map((message) => message.id)).toEqual([id]);
  });

  it("names the place where its journal is damaged", async () => {
    const folder = temporaryFolder();
    appendFileSync(join(folder, "journal.jsonl"), "not json\n");
    await expect(openLocalDiscord({ folder })).rejects.toThrow(/journal .* damaged at .*journal\.jsonl:1/);
    rmSync(join(folder, "journal.jsonl"));
    await openLocalDiscord({ folder });
  });
});
