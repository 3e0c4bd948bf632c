import { Client, Events, GatewayIntentBits } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";

const { GuildMessages, GuildPresences, Guilds } = GatewayIntentBits;

describe("the gateway", () => {
  it("logs in a bot of discord.js, which gets the guild, its channel and itself", async () => {
    const discord = await openLocalDiscord({ preferredLocale: "fr" });
    const bot = await joinBot(discord);
    const guild = bot.guilds.cache.get(discord.guildId);

    expect(bot.user.id).toBe(discord.applicationId);
    expect(guild).toMatchObject({ name: "Local Guild", preferredLocale: "fr", memberCount: 4 });
    expect(guild?.channels.cache.get(discord.channelId)?.name).toBe("general");
    expect(guild?.members.cache.map((member) => member.displayName)).toEqual(["bot"]);
    expect(guild?.members.me?.permissions.has("SendMessages")).toBe(true);
  });

  it("sends all members only to a bot with the intent GUILD_PRESENCES", async () => {
    const discord = await openLocalDiscord({ privilegedIntents: GuildPresences });
    const bot = await joinBot(discord, undefined, [], [Guilds, GuildPresences]);
    const members = bot.guilds.cache.get(discord.guildId)?.members.cache;
    const everybody = ["bot", "ketchup", "mustard", "relish"];
    expect(members?.map(({ displayName }) => displayName)).toEqual(everybody);
    const moderators = members?.filter(({ permissions }) => permissions.has("ManageMessages"));
    expect(moderators?.map(({ displayName }) => displayName)).toEqual(["ketchup", "mustard"]);
  });

  it("sends two guilds, of which the first has two channels", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const seen = bot.guilds.cache.map(({ name, channels }) => [name, channels.cache.map(({ name }) => name)]);
    expect(seen).toEqual([
      ["Local Guild", ["general", "random"]],
      ["Another Guild", ["general"]],
    ]);
  });

  it("uses the names from its options", async () => {
    const names = { botName: "barista", guildName: "Coffee Bar" };
    const bot = await joinBot(await openLocalDiscord(names));
    expect([bot.user.username, bot.guilds.cache.first()?.name]).toEqual(["barista", "Coffee Bar"]);
  });

  it("tells discord.js at login that its token is wrong", async () => {
    const discord = await openLocalDiscord();
    const client = new Client({ intents: [], rest: { api: discord.api } });
    await expect(client.login("wrong")).rejects.toThrow("An invalid token was provided.");
  });

  it("sends the messages of people, with guild and member", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const posted = new Promise<string[]>((resolve) =>
      bot.once(Events.MessageCreate, ({ content, member }) =>
        resolve([content, String(member?.displayName)]),
      ),
    );
    const greeting = `Hello <@${discord.applicationId}>`;
    discord.user("relish").post(greeting);
    expect(await posted).toEqual([greeting, "relish"]);
  });

  it("sends edits and deletions of interaction answers", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.reply("before");
      await interaction.editReply("after");
      await interaction.deleteReply();
    });
    const received: unknown[] = [];
    bot.on(Events.MessageUpdate, ({ content: old }, { content, guildId }) =>
      received.push([old, content, guildId]),
    );
    bot.on(Events.MessageDelete, ({ content, guildId }) => received.push([content, guildId]));
    discord.user("ketchup").command("ping");
    const { guildId } = discord;
    await expect
      .poll(() => received)
      .toEqual([
        ["before", "after", guildId],
        ["after", guildId],
      ]);
  });

  it("sends nothing but interactions to a bot without intents", async () => {
    const discord = await openLocalDiscord();
    const heard: string[] = [];
    const bot = await joinBot(discord, async ({ type }) => heard.push(`interaction ${type}`), [ping], []);
    bot.on(Events.MessageCreate, () => heard.push("message"));
    expect(bot.guilds.cache.map(({ available }) => available)).toEqual([false, false]);
    discord.user("relish").post("hello");
    discord.user("relish").post("hello", [], { dm: true });
    discord.user("relish").command("ping");
    await expect.poll(() => heard).toEqual(["interaction 2"]);
  });

  it("tells discord.js at login that an intent is not enabled", async () => {
    const discord = await openLocalDiscord();
    const client = new Client({ intents: [GuildPresences], rest: { api: discord.api } });
    await expect(client.login(discord.botToken)).rejects.toThrow("Used disallowed intents");
  });

  it("sends each of two shards its guilds, and direct messages to the first", async () => {
    const discord = await openLocalDiscord();
    const received: unknown[] = [];
    const intents = [Guilds, GuildMessages, GatewayIntentBits.DirectMessages];
    for (const shard of [0, 1]) {
      const bot = new Client({ intents, shards: [shard], shardCount: 2, rest: { api: discord.api } });
      onTestFinished(() => bot.destroy());
      bot.on(Events.Raw, ({ t, d }: { t: string; d: { guild_id?: string } }) => {
        if (t === "MESSAGE_CREATE") received.push([shard, d.guild_id]);
      });
      const ready = new Promise((resolve) => void bot.once(Events.ClientReady, resolve));
      await bot.login(discord.botToken);
      await ready;
    }
    const shardOf = (id: string) => Number((BigInt(id) >> 22n) % 2n);
    const wanted = discord.guilds.map(({ id }) => [shardOf(id), id]);
    for (const { channels } of discord.guilds) {
      discord.user("relish").post("hello", [], { channelId: channels[0]?.id ?? "" });
    }
    discord.user("relish").post("hello", [], { dm: true });
    await expect.poll(() => received.length).toBe(3);
    expect(received).toEqual(expect.arrayContaining([...wanted, [0, undefined]]));
  });
});
