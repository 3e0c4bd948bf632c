import type { AnyThreadChannel, Client } from "discord.js";
import { ChannelType, Events, MessageFlags, MessageType, PermissionFlagsBits, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

const { CreatePublicThreads, ManageThreads, SendMessages, SendMessagesInThreads, ViewChannel } =
  PermissionFlagsBits;
const { PrivateThread, PublicThread } = ChannelType;

/** Logs in a bot, and returns the first channel as the bot has it, and the names of the thread events it gets. */
async function threadBot() {
  const discord = await openLocalDiscord();
  const bot = await joinBot(discord);
  const channel = bot.channels.cache.get(discord.channelId);
  if (channel?.type !== ChannelType.GuildText) throw new Error("no text channel");
  return { discord, bot, channel, heard: threadEvents(bot) };
}

function threadEvents(bot: Client): string[] {
  const heard: string[] = [];
  bot.on(Events.Raw, ({ t }: { t: string | null }) => t?.startsWith("THREAD_") && heard.push(t));
  return heard;
}

/** Returns the thread as the bot has it. */
async function known(bot: Client, id: string): Promise<AnyThreadChannel> {
  await expect.poll(() => bot.channels.cache.has(id)).toBe(true);
  const thread = bot.channels.cache.get(id);
  if (!thread?.isThread()) throw new Error("no thread");
  return thread;
}

const typesIn = (discord: LocalDiscord, channelId: string) =>
  discord.messages().flatMap((message) => (message.channel_id === channelId ? [message.type] : []));

describe("a thread from a message", () => {
  it("has the id of the message, which says so, and begins with a reference to it", async () => {
    const { discord, bot, channel, heard } = await threadBot();
    const { id } = discord.user("relish").post("a picture");
    const thread = await (await channel.messages.fetch(id)).startThread({ name: "Is it?" });
    expect(thread).toMatchObject({ id, type: PublicThread, parentId: channel.id, ownerId: bot.user.id });
    expect(thread.members.cache.has(bot.user.id)).toBe(true);
    await expect.poll(() => heard).toEqual(["THREAD_CREATE", "THREAD_MEMBERS_UPDATE"]);
    const source = await channel.messages.fetch({ message: id, force: true });
    expect([source.flags.has(MessageFlags.HasThread), source.thread?.id]).toEqual([true, id]);
    const starter = discord.messages().find(({ channel_id }) => channel_id === id);
    expect(starter).toMatchObject({ type: MessageType.ThreadStarterMessage, referenced_message: { id } });
    expect((await thread.fetchStarterMessage())?.content).toBe("a picture");
    const again = channel.threads.create({ name: "again", startMessage: id });
    await expect(again).rejects.toMatchObject({ code: 160004 });
  });

  it("of a person reaches the bot with the messages in it, and is named in the channel if the message is old", async () => {
    const { discord, bot, channel } = await threadBot();
    const relish = discord.user("relish");
    const old = relish.post("old");
    relish.post("new");
    const { id } = relish.createThread("About it", { message: old });
    expect(await known(bot, id)).toMatchObject({ name: "About it", ownerId: relish.id, joined: false });
    expect(typesIn(discord, channel.id).at(-1)).toBe(MessageType.ThreadCreated);
    const created = new Promise((resolve) => bot.once(Events.MessageCreate, resolve));
    relish.post("inside", [], { channelId: id });
    expect(await created).toMatchObject({ channelId: id, guildId: discord.guildId });
    const raw = discord.traffic().findLast(({ title }) => title === "MESSAGE_CREATE");
    expect(JSON.stringify(raw?.response)).not.toContain("parent_id");
    const thread = await (await known(bot, id)).fetch();
    expect([thread.messageCount, thread.totalMessageSent, thread.memberCount]).toEqual([1, 1, 1]);
  });
});

describe("a thread without a message", () => {
  it("is public or private, and only a public one is named in the channel", async () => {
    const { discord, channel } = await threadBot();
    const open = await channel.threads.create({ name: "open", type: PublicThread });
    const closed = await channel.threads.create({ name: "closed", type: PrivateThread, invitable: false });
    expect([open.type, closed.type, closed.invitable]).toEqual([PublicThread, PrivateThread, false]);
    const named = discord.messages().map(({ type, message_reference }) => [type, message_reference]);
    const reference = { type: 0, channel_id: open.id, guild_id: discord.guildId };
    expect(named).toEqual([[MessageType.ThreadCreated, reference]]);
    const announcement = { name: "news", type: ChannelType.AnnouncementThread };
    const refused = channel.client.rest.post(Routes.threads(channel.id), { body: announcement });
    await expect(refused).rejects.toMatchObject({ code: 50024 });
  });

  it("needs permissions, and Send Messages in Threads instead of Send Messages", async () => {
    const { discord, channel } = await threadBot();
    discord.denyBot(channel.id, CreatePublicThreads | SendMessages);
    const create = (type: typeof PublicThread | typeof PrivateThread) =>
      channel.threads.create({ name: "new", type });
    await expect(create(PublicThread)).rejects.toMatchObject({ code: 50013 });
    const thread = await create(PrivateThread);
    await thread.send("hello");
    discord.denyBot(channel.id, SendMessagesInThreads);
    await expect(thread.send("hello")).rejects.toMatchObject({ code: 50013 });
  });
});

describe("an archived thread", () => {
  it("is not edited, nor are its messages, and a new message unarchives it", async () => {
    const { discord, bot, channel, heard } = await threadBot();
    const thread = await channel.threads.create({ name: "new", type: PublicThread });
    const message = await thread.send("before");
    await thread.setArchived(true);
    const archived = { code: 50083, status: 400 };
    await expect(message.edit("after")).rejects.toMatchObject(archived);
    await expect(thread.setName("other")).rejects.toMatchObject(archived);
    await expect(thread.members.add(discord.user("relish").id)).rejects.toMatchObject(archived);
    await message.delete();
    heard.length = 0;
    discord.user("relish").post("awake", [], { channelId: thread.id });
    await expect.poll(() => heard).toEqual(["THREAD_UPDATE", "THREAD_MEMBER_UPDATE"]);
    expect((await known(bot, thread.id)).archived).toBe(false);
  });

  it("is archived by its time without messages, and is listed", async () => {
    const { discord, bot, channel } = await threadBot();
    const hour = { autoArchiveDuration: 60 };
    const first = await channel.threads.create({ name: "first", type: PublicThread, ...hour });
    const second = await channel.threads.create({ name: "second", type: PublicThread, ...hour });
    discord.advance(40 * 60_000);
    await second.send("still here");
    discord.advance(40 * 60_000);
    await expect.poll(() => bot.channels.cache.get(first.id)).toMatchObject({ archived: true });
    const active = await channel.guild.channels.fetchActiveThreads();
    expect([...active.threads.keys()]).toEqual([second.id]);
    discord.advance(40 * 60_000);
    const listed = await channel.threads.fetchArchived({ limit: 2 });
    expect([[...listed.threads.keys()], listed.hasMore]).toEqual([[second.id, first.id], false]);
    await expect(channel.threads.fetchArchived({ type: "private", fetchAll: true })).rejects.toMatchObject({
      code: 50013,
    });
  });
});

describe("a locked thread", () => {
  it("takes messages and changes of moderators only: 160005, archived 50083", async () => {
    const { discord, channel } = await threadBot();
    const mustard = discord.user("mustard");
    const thread = await channel.threads.create({ name: "new", type: PublicThread });
    await expect(thread.setLocked(true)).rejects.toMatchObject({ code: 50013 });
    mustard.editThread(thread.id, { locked: true });
    await expect(thread.send("hello")).rejects.toMatchObject({ code: 160005 });
    expect(() => discord.user("relish").post("hello", [], { channelId: thread.id })).toThrow("is locked");
    mustard.archive(thread.id);
    await expect(thread.send("hello")).rejects.toMatchObject({ code: 50083 });
    await expect(thread.setArchived(false)).rejects.toMatchObject({ code: 50013 });
    mustard.post("moderated", [], { channelId: thread.id });
    expect(discord.guilds[0]?.threads).toMatchObject([{ archived: false, locked: true }]);
  });
});

describe("a private thread", () => {
  it("is seen by its members and moderators only: 50001", async () => {
    const { discord, bot, heard } = await threadBot();
    const [relish, ketchup, mustard] = [
      discord.user("relish"),
      discord.user("ketchup"),
      discord.user("mustard"),
    ];
    const { id } = relish.createThread("secret", { private: true });
    relish.post("psst", [], { channelId: id });
    expect(mustard.messages().map(({ content }) => content)).toContain("psst");
    const ann = discord.visitor("Ann");
    expect(() => ann.post("hello", [], { channelId: id })).toThrow("Unknown Channel");
    await expect(bot.rest.get(Routes.channel(id))).rejects.toMatchObject({ code: 50001, status: 403 });
    expect(heard).toEqual([]);

    relish.addToThread(id, "bot");
    const thread = await known(bot, id);
    expect(heard).toEqual(["THREAD_CREATE", "THREAD_MEMBERS_UPDATE"]);
    await thread.send("thanks");
    await expect(thread.members.remove(relish.id)).rejects.toMatchObject({ code: 50013 });
    ketchup.removeFromThread(id, "bot");
    await expect.poll(() => heard).toHaveLength(3);
    await expect(thread.send("hello?")).rejects.toMatchObject({ code: 50001 });
    const types = [
      MessageType.Default,
      MessageType.RecipientAdd,
      MessageType.Default,
      MessageType.RecipientRemove,
    ];
    expect(typesIn(discord, id)).toEqual(types);
  });
});

describe("threads and channels", () => {
  it("come with GUILD_CREATE, and with THREAD_LIST_SYNC when the bot can view their channel again", async () => {
    const { discord, bot, channel, heard } = await threadBot();
    const { id } = discord.user("relish").createThread("new");
    await known(bot, id);
    discord.denyBot(channel.id, ViewChannel);
    const { id: unseen } = discord.user("relish").createThread("unseen");
    const later = await joinBot(discord);
    expect(later.channels.cache.has(id)).toBe(false);
    discord.denyBot(channel.id, 0n);
    await expect.poll(() => later.channels.cache.has(unseen)).toBe(true);
    expect(heard.at(-1)).toBe("THREAD_LIST_SYNC");
    expect((await joinBot(discord)).channels.cache.has(id)).toBe(true);
  });

  it("are deleted with their messages: by Manage Threads, or with their channel", async () => {
    const { discord, bot, channel, heard } = await threadBot();
    const relish = discord.user("relish");
    const ids = ["one", "two"].map((name) => relish.createThread(name).id);
    for (const channelId of ids) relish.post("inside", [], { channelId });
    const [one = "", two = ""] = ids;
    await expect((await known(bot, one)).delete()).rejects.toMatchObject({ code: 50013 });
    discord.removeBot(discord.guildId);
    discord.addBot(discord.guildId, { permissions: ManageThreads });
    await (await known(bot, one)).delete();
    expect(typesIn(discord, one)).toEqual([]);
    discord.deleteChannel(channel.id);
    await expect.poll(() => heard.filter((t) => t === "THREAD_DELETE")).toHaveLength(2);
    await expect(bot.rest.get(Routes.channel(two))).rejects.toMatchObject({ code: 10003 });
    expect(discord.messages()).toEqual([]);
  });
});
