import { ChannelType, OverwriteType, PermissionFlagsBits, REST, Routes, type TextChannel } from "discord.js";
import { describe, expect, it } from "vitest";
import type { WorldDescription } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

const { ManageChannels, ManageRoles, SendMessages, UseApplicationCommands, ViewChannel } =
  PermissionFlagsBits;

const world: WorldDescription = {
  people: [{ name: "ann" }, { name: "bob" }],
  guilds: [
    {
      name: "Home",
      owner: "ann",
      roles: [{ name: "staff", color: "#ff8800", members: ["bob"] }],
      channels: [
        { name: "Back Room", type: "category" },
        {
          name: "staff",
          topic: "Among us",
          category: "Back Room",
          overwrites: [
            { role: "@everyone", deny: ["ViewChannel"] },
            { role: "staff", allow: ["ViewChannel"], deny: ["SendMessages"] },
            { member: "bot", allow: ["ViewChannel"] },
          ],
        },
        { name: "general", slowMode: 30 },
      ],
      bot: ["ManageChannels", "ManageRoles"],
    },
  ],
};

describe("a channel of a described world", () => {
  it("has its category, topic, overwrites and slow mode, which count for people and bots", async () => {
    const discord = await openLocalDiscord({ world });
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const [general, category, staff] = discord.guilds[0]?.channels ?? [];
    expect([general?.name, category?.name, staff?.name]).toEqual(["general", "Back Room", "staff"]);
    expect(staff).toMatchObject({ category_id: category?.id, topic: "Among us" });
    expect(discord.channelId).toBe(general?.id);
    expect(await rest.get(Routes.channel(staff?.id ?? ""))).toMatchObject({
      parent_id: category?.id,
      topic: "Among us",
      permission_overwrites: [
        { id: discord.guildId, type: 0, allow: "0", deny: String(ViewChannel) },
        { type: 0, allow: String(ViewChannel), deny: String(SendMessages) },
        { id: discord.applicationId, type: 1, allow: String(ViewChannel), deny: "0" },
      ],
    });
    const where = { channelId: staff?.id ?? "" };
    expect(() => discord.user("bob").post("hello", [], where)).toThrow("Missing Permissions");
    expect(discord.user("ann").post("hello", [], where).content).toBe("hello");
    expect(() => discord.user("ann").post("hello", [], { channelId: category?.id ?? "" })).toThrow(
      "Cannot send messages in a non-text channel",
    );

    discord.user("bob").post("one");
    expect(() => discord.user("bob").post("two")).toThrow("Slow mode: bob can post here again in 30 s.");
    discord.user("ann").post("one");
    discord.user("ann").post("two");
    discord.advance(30_000);
    expect(discord.user("bob").post("two").content).toBe("two");
  });

  it("is not seen by those who may not view it, nor is its category", async () => {
    const discord = await openLocalDiscord({
      world: { ...world, people: [...world.people, { name: "carl" }] },
    });
    const page = openPage(discord, "carl");
    const ready = await page.next("READY");
    expect(ready.d.guilds[0]?.channels.map(({ name }) => name)).toEqual(["general"]);
    const staff = discord.guilds[0]?.channels[2]?.id ?? "";
    expect(() => discord.user("carl").post("hello", [], { channelId: staff })).toThrow("Unknown Channel");
  });
});

describe("a bot with Manage Channels and Manage Roles", () => {
  const open = async () => {
    const discord = await openLocalDiscord({ rateLimits: false });
    discord.removeBot(discord.guildId);
    discord.addBot(discord.guildId, { permissions: ManageChannels | ManageRoles });
    const bot = await joinBot(discord);
    const guild = bot.guilds.cache.get(discord.guildId);
    if (!guild) throw new Error("The bot knows no guild.");
    return { discord, bot, guild };
  };

  it("creates a category with channels, edits and moves them, and deletes the category alone", async () => {
    const { discord, bot, guild } = await open();
    const page = openPage(discord, "relish");
    await page.next("READY");
    const deny = { id: discord.guildId, deny: ["SendMessages" as const] };
    const category = await guild.channels.create({
      name: "The Lounge",
      type: ChannelType.GuildCategory,
      permissionOverwrites: [deny],
    });
    const lounge = await category.children.create({ name: "Sofa", topic: "Sit down", rateLimitPerUser: 5 });
    expect(lounge).toMatchObject({
      name: "sofa",
      topic: "Sit down",
      rateLimitPerUser: 5,
      parentId: category.id,
    });
    // It was created without overwrites, so it has those of its category.
    expect(lounge.permissionsLocked).toBe(true);
    expect(() => discord.user("relish").post("hi", [], { channelId: lounge.id })).toThrow(
      "Missing Permissions",
    );
    const known = () => bot.channels.cache.get(lounge.id) as TextChannel | undefined;

    await lounge.permissionOverwrites.edit(
      discord.user("relish").id,
      { SendMessages: true },
      { type: OverwriteType.Member },
    );
    await expect.poll(() => known()?.permissionOverwrites.cache.size).toBe(2);
    expect(discord.user("relish").post("hi", [], { channelId: lounge.id }).content).toBe("hi");
    await lounge.edit({ name: "couch", topic: "", nsfw: true, rateLimitPerUser: 0, position: 0 });
    await expect
      .poll(known)
      .toMatchObject({ name: "couch", topic: null, nsfw: true, rateLimitPerUser: 0, rawPosition: 0 });
    await lounge.permissionOverwrites.delete(discord.user("relish").id);
    await guild.channels.setPositions([{ channel: lounge.id, position: 7, parent: null }]);
    await expect.poll(known).toMatchObject({ parentId: null, rawPosition: 7 });
    await lounge.setParent(category.id, { lockPermissions: true });
    await expect.poll(() => known()?.permissionsLocked).toBe(true);

    await category.delete();
    await expect.poll(() => bot.channels.cache.has(category.id)).toBe(false);
    await expect.poll(() => known()?.parentId).toBe(null);
  });

  it("is refused what it may not do, and bad bodies", async () => {
    const { discord, bot } = await open();
    const { channelId, guildId } = discord;
    const edit = (body: object, id = channelId) => bot.rest.patch(Routes.channel(id), { body });
    const overwrite = Routes.channelPermission(channelId, guildId);
    const put = (body: object, route = overwrite) => bot.rest.put(route, { body });
    const code = (number: number) => expect.objectContaining({ code: number });
    await expect(edit({ topic: "x".repeat(1_025) })).rejects.toThrow("topic[BASE_TYPE_MAX_LENGTH]");
    await expect(edit({ rate_limit_per_user: 21_601 })).rejects.toThrow(
      "rate_limit_per_user[NUMBER_TYPE_MAX]",
    );
    await expect(edit({ name: " " })).rejects.toThrow("name[BASE_TYPE_BAD_LENGTH]");
    await expect(edit({ parent_id: "1" })).rejects.toThrow("parent_id[CHANNEL_PARENT_INVALID]");
    await expect(edit({ parent_id: channelId })).rejects.toThrow("parent_id[CHANNEL_PARENT_INVALID_TYPE]");
    await expect(edit({ type: 5 })).rejects.toThrow("does not have changes of a channel's type");
    await expect(edit({ name: "a" }, discord.user("relish").dm)).rejects.toEqual(code(50003));
    // A permission that the bot lacks, an unknown role, and an overwrite that is not there.
    await expect(put({ type: 0, deny: "8192" })).rejects.toEqual(code(50013));
    await expect(put({ type: 0 }, Routes.channelPermission(channelId, "1"))).rejects.toEqual(code(10009));
    await expect(bot.rest.delete(overwrite)).rejects.toEqual(code(10009));
    await put({ type: 0, deny: String(UseApplicationCommands) });
    expect(() => discord.user("relish").command("ping")).toThrow("relish may not use /ping here.");
    await put({ type: OverwriteType.Role, deny: String(ManageChannels) });
    await expect(edit({ name: "mine" })).rejects.toEqual(code(50013));
    discord.denyBot(channelId, ManageRoles);
    await expect(put({ type: 0 })).rejects.toEqual(code(50013));
  });
});
