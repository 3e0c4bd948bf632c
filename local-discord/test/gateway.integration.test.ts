import { Client, Events, GatewayIntentBits } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { joinBot, openPlayground, ping } from "./bot.ts";

const { GuildMessages, GuildPresences, Guilds } = GatewayIntentBits;

describe("the gateway", () => {
  it("logs a bot of discord.js in and shows it the guild, its channel and itself", async () => {
    const playground = await openPlayground({ preferredLocale: "fr" });
    const bot = await joinBot(playground);
    const guild = bot.guilds.cache.get(playground.guildId);

    expect(bot.user.id).toBe(playground.applicationId);
    expect(guild).toMatchObject({ name: "Local Guild", preferredLocale: "fr", memberCount: 4 });
    expect(guild?.channels.cache.get(playground.channelId)?.name).toBe("general");
    expect(guild?.members.cache.map((member) => member.displayName)).toEqual(["bot"]);
    expect(guild?.members.me?.permissions.has("SendMessages")).toBe(true);
  });

  it("shows everybody only to a bot with the intent GUILD_PRESENCES", async () => {
    const playground = await openPlayground({ privilegedIntents: GuildPresences });
    const bot = await joinBot(playground, undefined, [], [Guilds, GuildPresences]);
    const members = bot.guilds.cache.get(playground.guildId)?.members.cache;
    const everybody = ["bot", "ketchup", "mustard", "relish"];
    expect(members?.map(({ displayName }) => displayName)).toEqual(everybody);
    const moderators = members?.filter(({ permissions }) => permissions.has("ManageMessages"));
    expect(moderators?.map(({ displayName }) => displayName)).toEqual(["ketchup", "mustard"]);
  });

  it("shows it two guilds, the first of which has two channels", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground);
    const seen = bot.guilds.cache.map(({ name, channels }) => [name, channels.cache.map(({ name }) => name)]);
    expect(seen).toEqual([
      ["Local Guild", ["general", "random"]],
      ["Another Guild", ["general"]],
    ]);
  });

  it("has the names it was given", async () => {
    const names = { botName: "barista", guildName: "Coffee Bar" };
    const bot = await joinBot(await openPlayground(names));
    expect([bot.user.username, bot.guilds.cache.first()?.name]).toEqual(["barista", "Coffee Bar"]);
  });

  it("lets discord.js see at login that its token is wrong", async () => {
    const playground = await openPlayground();
    const client = new Client({ intents: [], rest: { api: playground.api } });
    await expect(client.login("wrong")).rejects.toThrow("An invalid token was provided.");
  });

  it("tells the bot what people post, with the guild and the member", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground);
    const posted = new Promise<string[]>((resolve) =>
      bot.once(Events.MessageCreate, ({ content, member }) =>
        resolve([content, String(member?.displayName)]),
      ),
    );
    const greeting = `Hello <@${playground.applicationId}>`;
    playground.user("relish").post(greeting);
    expect(await posted).toEqual([greeting, "relish"]);
  });

  it("tells the bot of edits and deletions, by whatever way they came", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground, async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.reply("before");
      await interaction.editReply("after");
      await interaction.deleteReply();
    });
    const told: unknown[] = [];
    bot.on(Events.MessageUpdate, ({ content: old }, { content, guildId }) =>
      told.push([old, content, guildId]),
    );
    bot.on(Events.MessageDelete, ({ content, guildId }) => told.push([content, guildId]));
    playground.user("ketchup").command("ping");
    const { guildId } = playground;
    await expect
      .poll(() => told)
      .toEqual([
        ["before", "after", guildId],
        ["after", guildId],
      ]);
  });

  it("tells a bot without the intents nothing but interactions", async () => {
    const playground = await openPlayground();
    const heard: string[] = [];
    const bot = await joinBot(playground, async ({ type }) => heard.push(`interaction ${type}`), [ping], []);
    bot.on(Events.MessageCreate, () => heard.push("message"));
    expect(bot.guilds.cache.map(({ available }) => available)).toEqual([false, false]);
    playground.user("relish").post("hello");
    playground.user("relish").post("hello", [], { dm: true });
    playground.user("relish").command("ping");
    await expect.poll(() => heard).toEqual(["interaction 2"]);
  });

  it("lets discord.js see at login that an intent is not switched on", async () => {
    const playground = await openPlayground();
    const client = new Client({ intents: [GuildPresences], rest: { api: playground.api } });
    await expect(client.login(playground.botToken)).rejects.toThrow("Used disallowed intents");
  });

  it("tells each of two shards its own guilds, and direct messages to the first", async () => {
    const playground = await openPlayground();
    const told: unknown[] = [];
    const intents = [Guilds, GuildMessages, GatewayIntentBits.DirectMessages];
    for (const shard of [0, 1]) {
      const bot = new Client({ intents, shards: [shard], shardCount: 2, rest: { api: playground.api } });
      onTestFinished(() => bot.destroy());
      bot.on(Events.Raw, ({ t, d }: { t: string; d: { guild_id?: string } }) => {
        if (t === "MESSAGE_CREATE") told.push([shard, d.guild_id]);
      });
      const ready = new Promise((resolve) => void bot.once(Events.ClientReady, resolve));
      await bot.login(playground.botToken);
      await ready;
    }
    const shardOf = (id: string) => Number((BigInt(id) >> 22n) % 2n);
    const wanted = playground.guilds.map(({ id }) => [shardOf(id), id]);
    for (const { channels } of playground.guilds) {
      playground.user("relish").post("hello", [], { channelId: channels[0]?.id ?? "" });
    }
    playground.user("relish").post("hello", [], { dm: true });
    await expect.poll(() => told.length).toBe(3);
    expect(told).toEqual(expect.arrayContaining([...wanted, [0, undefined]]));
  });
});
