import {
  ButtonStyle,
  ChannelType,
  ComponentType,
  Events,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  Routes,
} from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";
import { openPage } from "./client-page.ts";

const { ManageChannels, ViewChannel } = PermissionFlagsBits;

const buttons = {
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.Button, style: ButtonStyle.Primary, label: "Go", custom_id: "go" }],
} as const;

describe("a channel", () => {
  it("is created and edited for the bot, the people and the pages", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const page = openPage(discord, "relish");
    await page.next("READY");
    const known = () => bot.channels.cache.get(id) as GuildTextBasedChannel | undefined;
    const { id } = discord.createChannel({ name: " Late Night ", type: ChannelType.GuildText });
    await expect.poll(known).toMatchObject({ name: "late-night", nsfw: false, position: 2 });
    expect((await page.next("GUILDS_UPDATE")).d[0]?.channels[2]).toMatchObject({ id, name: "late-night" });
    expect((await page.next("COMMANDS_UPDATE")).d[id]).toMatchObject([{ name: "ping" }]);

    discord.editChannel(id, { name: "late", nsfw: true });
    await expect.poll(known).toMatchObject({ name: "late", nsfw: true });
    expect(discord.guilds[0]?.channels[2]).toMatchObject({ id, name: "late", type: 0, nsfw: true });
    await expect.poll(() => known()?.isSendable() && known()?.messages.cache.size).toBe(0);
    discord.user("relish").post("hello", [], { channelId: id });
    await expect.poll(() => known()?.messages.cache.size).toBe(1);

    const forum = discord.createChannel({
      name: "ideas",
      type: ChannelType.GuildForum,
      guildId: discord.guilds[1]?.id ?? "",
    });
    await expect.poll(() => bot.channels.cache.get(forum.id)?.type).toBe(ChannelType.GuildForum);
    expect(() => discord.createChannel({ name: " " })).toThrow("1 to 100 characters, and this has 0");
    expect(() => discord.createChannel({ name: "a", guildId: "1" })).toThrow("There is no guild 1.");
    expect(() => discord.editChannel("1", {})).toThrow("No guild has a channel 1.");
  });

  it("is gone after its deletion, with its messages and their files: 10003", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.reply("pong");
      discord.deleteChannel(interaction.channelId ?? "");
      await expect(interaction.followUp("again")).rejects.toMatchObject({ code: 10003 });
      await expect(interaction.editReply("again")).rejects.toMatchObject({ code: 10008 });
    });
    const { channelId } = discord;
    const page = openPage(discord, "relish");
    await page.next("READY");
    const relish = discord.user("relish");
    const kept = relish.post("kept", [], { channelId: discord.guilds[0]?.channels[1]?.id ?? "" });
    const [file] = relish.post("look", [{ name: "a.txt", bytes: Buffer.from("a") }]).attachments;
    expect((await fetch(file?.url ?? "")).status).toBe(200);
    relish.command("ping");

    await expect.poll(() => bot.channels.cache.has(channelId)).toBe(false);
    expect((await page.next("GUILDS_UPDATE")).d[0]?.channels.map(({ name }) => name)).toEqual(["random"]);
    expect((await fetch(file?.url ?? "")).status).toBe(404);
    expect(discord.messages()).toEqual([kept]);
    await expect(bot.rest.get(Routes.channel(channelId))).rejects.toMatchObject({ code: 10003, status: 404 });
    expect(() => relish.post("more", [], { channelId })).toThrow("Unknown Channel");
    expect(() => relish.command("ping", {}, { channelId })).toThrow("There is no such channel.");
    expect(discord.channelId).toBe(kept.channel_id);
  });

  it("that is age-restricted has the commands that need one", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(
      discord,
      async (interaction) => interaction.isRepliable() && interaction.reply("hi"),
      [{ ...ping, nsfw: true }],
    );
    const relish = discord.user("relish");
    expect(() => relish.command("ping")).toThrow("relish may not use /ping here.");
    discord.editChannel(discord.channelId, { nsfw: true });
    expect((await relish.command("ping").answer()).content).toBe("hi");
    const channel = await bot.channels.fetch(discord.channelId, { force: true });
    expect(channel).toMatchObject({ nsfw: true });
  });
});

describe("a bot that is removed from a guild", () => {
  it("has no access, events and commands there until it is added again", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const { guildId, channelId } = discord;
    const relish = discord.user("relish");
    const message = await bot.rest.post(Routes.channelMessages(channelId), {
      body: { components: [buttons] },
    });
    const heard: unknown[] = [];
    bot.on(Events.MessageCreate, ({ author }) => void heard.push(`${author.username} posted`));
    bot.on(Events.GuildDelete, ({ name }) => void heard.push(`${name} deleted`));
    bot.on(Events.GuildCreate, ({ name }) => void heard.push(`${name} created`));
    bot.on(Events.InteractionCreate, () => void heard.push("interaction"));

    discord.removeBot(guildId);
    relish.post("hello");
    discord.editChannel(channelId, { name: "unseen" });
    const pressed = relish.press(message as { id: string }, "Go");
    discord.advance(3_000);
    await pressed.failed();
    expect(() => relish.command("ping")).toThrow("relish may not use /ping here.");
    for (const path of [Routes.channel(channelId), Routes.channelMessages(channelId)] as const) {
      await expect(bot.rest.get(path)).rejects.toMatchObject({ code: 50001, status: 403 });
    }
    await expect(bot.rest.get(Routes.guildChannels(guildId))).rejects.toMatchObject({ code: 50001 });
    await expect(bot.rest.get(Routes.guildChannels("1"))).rejects.toMatchObject({ code: 10004 });
    await expect(bot.application.commands.set([], guildId)).rejects.toMatchObject({ code: 50001 });
    expect(() => discord.removeBot(guildId)).toThrow(`The bot is not in the guild ${guildId}.`);
    const again = await joinBot(discord);
    expect([...again.guilds.cache.keys()]).toEqual([discord.guilds[1]?.id]);

    discord.addBot(guildId);
    relish.post("again");
    await expect.poll(() => heard).toEqual(["Local Guild deleted", "Local Guild created", "relish posted"]);
    expect(bot.channels.cache.get(channelId)).toMatchObject({ name: "unseen" });
    expect(() => discord.addBot(guildId)).toThrow(`The bot is already in the guild ${guildId}.`);
  });

  it("returns with the permissions that it is given", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const { guildId } = discord;
    const guild = () => bot.guilds.cache.get(guildId);
    await expect(guild()?.channels.create({ name: "new" })).rejects.toMatchObject({ code: 50013 });
    await expect(guild()?.channels.delete(discord.channelId)).rejects.toMatchObject({ code: 50013 });
    discord.removeBot(guildId);
    await expect.poll(guild).toBeUndefined();
    discord.addBot(guildId, { permissions: ManageChannels });
    await expect.poll(() => guild()?.members.me?.permissions.has([ManageChannels, ViewChannel])).toBe(true);
    expect(guild()?.members.me?.roles.botRole?.name).toBe("bot");

    const created = await guild()?.channels.create({ name: "New", nsfw: true });
    expect(discord.guilds[0]?.channels[2]).toMatchObject({
      id: created?.id,
      name: "new",
      type: 0,
      nsfw: true,
    });
    expect([...((await guild()?.channels.fetch())?.keys() ?? [])]).toContain(created?.id);
    await created?.delete();
    expect(discord.guilds[0]?.channels).toHaveLength(2);
    const voice = guild()?.channels.create({ name: "loud", type: ChannelType.GuildVoice });
    await expect(voice).rejects.toThrow("the local Discord does not have channels of type 2 (GuildVoice)");
    const archiving = guild()?.channels.create({ name: "a", defaultAutoArchiveDuration: 60 });
    await expect(archiving).rejects.toThrow(
      "the local Discord does not have the field default_auto_archive_duration of channels",
    );
    await expect(guild()?.channels.create({ name: " " })).rejects.toMatchObject({ code: 50035 });
  });
});
