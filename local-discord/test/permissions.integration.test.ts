import { Events, PermissionFlagsBits, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

const { AttachFiles, EmbedLinks, ReadMessageHistory, SendMessages, ViewChannel } = PermissionFlagsBits;

/** Logs in a bot that lacks these permissions in the first channel. */
async function deniedBot(permissions: bigint) {
  const discord = await openLocalDiscord();
  const bot = await joinBot(discord, async (interaction) => {
    if (interaction.isRepliable()) await interaction.reply({ content: "pong", files: [Buffer.from("file")] });
  });
  discord.denyBot(discord.channelId, permissions);
  const messages = Routes.channelMessages(discord.channelId);
  return {
    discord,
    bot,
    get: () => bot.rest.get(messages),
    send: (body: object, files: { name: string; data: Buffer }[] = []) =>
      bot.rest.post(messages, { body, files }),
  };
}

const embeds = [{ title: "An embed" }];

describe("a bot", () => {
  it("without Send Messages may not post: 50013; and is sent its permissions", async () => {
    const { discord, bot, send } = await deniedBot(SendMessages);
    await expect(send({ content: "hello" })).rejects.toMatchObject({ code: 50013, status: 403 });
    const guild = bot.guilds.cache.get(discord.guildId);
    const channel = guild?.channels.cache.get(discord.channelId);
    await expect.poll(() => guild?.members.me?.permissionsIn(channel ?? "").has(SendMessages)).toBe(false);
    discord.denyBot(discord.channelId, 0n);
    await send({ content: "hello" });
    expect(discord.messages()).toHaveLength(1);
  });

  it("without View Channel has no access to it, and gets no events of it: 50001", async () => {
    const { discord, bot, get, send } = await deniedBot(ViewChannel);
    const heard: string[] = [];
    bot.on(Events.MessageCreate, ({ channelId }) => void heard.push(channelId));
    await expect(send({ content: "hello" })).rejects.toMatchObject({ code: 50001, status: 403 });
    await expect(get()).rejects.toMatchObject({ code: 50001 });
    const [, other] = discord.guilds[0]?.channels ?? [];
    discord.user("relish").post("unheard");
    discord.user("relish").post("heard", [], { channelId: other?.id ?? "" });
    await expect.poll(() => heard).toEqual([other?.id]);
  });

  it("without Attach Files or Embed Links posts neither: 50013; but embeds are removed from a message with text", async () => {
    const { discord, send } = await deniedBot(AttachFiles | EmbedLinks);
    const files = [{ name: "a.txt", data: Buffer.from("a") }];
    await expect(send({ content: "hello" }, files)).rejects.toMatchObject({ code: 50013 });
    await expect(send({ embeds })).rejects.toMatchObject({ code: 50013 });
    await send({ content: "hello", embeds });
    expect(discord.messages()).toMatchObject([{ content: "hello", embeds: [] }]);
  });

  it("without Read Message History gets an empty list, and may not reply: 160002", async () => {
    const { discord, get, send } = await deniedBot(ReadMessageHistory);
    const { id } = discord.user("relish").post("a question");
    expect(await get()).toEqual([]);
    const reply = send({ content: "an answer", message_reference: { message_id: id } });
    await expect(reply).rejects.toMatchObject({ code: 160002 });
  });

  it("can still answer interactions, which contain its permissions", async () => {
    const { discord } = await deniedBot(ViewChannel | SendMessages | AttachFiles);
    const answer = await discord.user("ketchup").command("ping").answer();
    expect(answer).toMatchObject({ content: "pong", attachments: [{ size: 4 }] });
    const created = discord.traffic().find(({ title }) => title === "INTERACTION_CREATE");
    const [, told = ""] = /"app_permissions":"(\d+)"/.exec(JSON.stringify(created?.response)) ?? [];
    expect(BigInt(told) & (SendMessages | EmbedLinks)).toBe(EmbedLinks);
  });
});

describe("a command with default_member_permissions", () => {
  it("is only for members who have them", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("done"), [
      { name: "moderate", description: "For moderators", default_member_permissions: "8192" },
    ]);
    await discord.user("mustard").command("moderate").answer();
    await discord.user("ketchup").command("moderate").answer();
    expect(() => discord.user("relish").command("moderate")).toThrow("relish may not use /moderate here.");
    // Mustard owns the other guild, in which ketchup is an ordinary member.
    const channelId = discord.guilds[1]?.channels[0]?.id ?? "";
    await discord.user("mustard").command("moderate", {}, { channelId }).answer();
    expect(() => discord.user("ketchup").command("moderate", {}, { channelId })).toThrow("may not use");
  });
});
