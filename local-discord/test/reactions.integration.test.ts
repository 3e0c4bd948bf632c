import {
  type APIMessage,
  Events,
  GatewayIntentBits,
  MessageType,
  PermissionFlagsBits,
  REST,
  Routes,
  type TextChannel,
} from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

const { Guilds, GuildMessageReactions, GuildMessages, GuildMessageTyping } = GatewayIntentBits;

/** Opens a local Discord whose bot has some permissions besides those of @everyone in the first guild. */
async function open(
  permissions: bigint,
  intents = [Guilds, GuildMessages, GuildMessageReactions, GuildMessageTyping],
) {
  const discord = await openLocalDiscord({ rateLimits: false });
  discord.removeBot(discord.guildId);
  discord.addBot(discord.guildId, { permissions });
  const bot = await joinBot(discord, undefined, [], intents);
  const channel = (await bot.channels.fetch(discord.channelId)) as TextChannel;
  return { discord, bot, channel, relish: discord.user("relish") };
}

describe("reactions", () => {
  it("of people and the bot are on messages, in events, on pages and in lists", async () => {
    const { discord, bot, channel, relish } = await open(PermissionFlagsBits.ManageMessages);
    const heard: string[] = [];
    bot.on(Events.MessageReactionAdd, ({ emoji }, user) => void heard.push(`${user.id} + ${emoji.name}`));
    bot.on(Events.MessageReactionRemove, ({ emoji }, user) => void heard.push(`${user.id} - ${emoji.name}`));
    bot.on(Events.MessageReactionRemoveEmoji, ({ emoji }) => void heard.push(`no ${emoji.name}`));
    bot.on(Events.MessageReactionRemoveAll, () => void heard.push("none"));
    const page = openPage(discord, "relish");
    await page.next("READY");
    const message = await channel.send("Pick one");
    await message.react("👍");
    relish.react(message, "👍");
    relish.react(message, "👍");
    relish.react(message, "❤");
    discord.visitor("ann").react(message, "👍");
    expect(relish.messages()[0]?.reactions).toMatchObject([
      { emoji: { id: null, name: "👍" }, count: 3, me: true },
      { emoji: { name: "❤️" }, count: 1, me: true },
    ]);
    const [, seen] = [await page.next("MESSAGE_REACTIONS"), await page.next("MESSAGE_REACTIONS")];
    expect(seen.d).toMatchObject({ id: message.id, reactions: [{ count: 2, me: true }] });
    const fetched = await bot.rest.get(Routes.channelMessage(channel.id, message.id));
    expect(fetched).toMatchObject({
      reactions: [
        { count: 3, me: true },
        { count: 1, me: false },
      ],
    });
    const users = await message.reactions.cache.get("👍")?.users.fetch({ limit: 2 });
    expect([...(users?.values() ?? [])].map(({ username }) => username)).toEqual(["bot", "relish"]);

    await message.reactions.cache.get("👍")?.users.remove(relish.id);
    relish.unreact(message, "❤️");
    relish.unreact(message, "❤️");
    await message.reactions.cache.get("👍")?.remove();
    await message.react("🎉");
    await message.reactions.removeAll();
    await expect.poll(() => heard.at(-1)).toBe("none");
    expect(heard.filter((line) => !line.startsWith(discord.applicationId))).toEqual([
      `${relish.id} + 👍`,
      `${relish.id} + ❤️`,
      expect.stringMatching(/ \+ 👍$/),
      `${relish.id} - 👍`,
      `${relish.id} - ❤️`,
      "no 👍",
      "none",
    ]);
  });

  it("are refused: unknown emoji, too many, and without permission", async () => {
    const { discord, bot, channel, relish } = await open(0n);
    const message = await channel.send("hello");
    const refused = (emoji: string) =>
      bot.rest.put(Routes.channelMessageOwnReaction(channel.id, message.id, emoji));
    for (const emoji of ["custom:123456789012345678", "hello", "%F0%9F%91"])
      await expect(refused(emoji)).rejects.toMatchObject({ code: 10014 });
    const animals = "🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🐤 🦆".split(" ");
    for (const animal of animals) relish.react(message, animal);
    expect(() => relish.react(message, "👍")).toThrow("Maximum number of reactions reached (20)");
    relish.post("other");
    const [other] = relish.messages().slice(-1);
    discord.denyBot(channel.id, PermissionFlagsBits.AddReactions);
    await message.react("🐶");
    const first = Routes.channelMessageOwnReaction(channel.id, other?.id ?? "", encodeURIComponent("👍"));
    await expect(bot.rest.put(first)).rejects.toMatchObject({ code: 50013 });
    const all = Routes.channelMessageAllReactions(channel.id, message.id);
    await expect(bot.rest.delete(all)).rejects.toMatchObject({ code: 50013 });
    const direct = relish.post("hello", [], { dm: true });
    const inDirect = Routes.channelMessageAllReactions(relish.dm, direct.id);
    await expect(bot.rest.delete(inDirect)).rejects.toMatchObject({ code: 50003 });
  });

  it("need an intent", async () => {
    const { bot, channel, relish } = await open(0n, [Guilds, GuildMessages]);
    const heard: string[] = [];
    bot.on(Events.Raw, ({ t }: { t: string }) => void heard.push(t));
    const message = await channel.send("hello");
    relish.react(message, "👍");
    relish.type();
    relish.post("end");
    await expect.poll(() => heard.filter((t) => t === "MESSAGE_CREATE").length).toBe(2);
    expect(heard.filter((t) => t.includes("REACTION") || t === "TYPING_START")).toEqual([]);
  });
});

describe("pins", () => {
  it("are listed, reported in the channel, and removed, by the new routes and the old ones", async () => {
    const { discord, bot, channel, relish } = await open(PermissionFlagsBits.PinMessages);
    const updates: unknown[] = [];
    bot.on(Events.ChannelPinsUpdate, (_, time) => void updates.push(time));
    const [one, two] = [await channel.send("one"), await channel.send("two")];
    await one.pin();
    discord.advance(1_000);
    await bot.rest.put(`/channels/${channel.id}/pins/${two.id}`);
    await two.pin();
    const { items, hasMore } = await channel.messages.fetchPins({ limit: 1 });
    expect([items.map(({ message }) => message.content), hasMore]).toEqual([["two"], true]);
    const before = items[0]?.pinnedAt.toISOString();
    const rest = await channel.messages.fetchPins({ before: new Date(before ?? "") });
    expect(rest.items.map(({ message }) => [message.content, message.pinned])).toEqual([["one", true]]);
    const old = (await bot.rest.get(`/channels/${channel.id}/pins`)) as APIMessage[];
    expect(old.map(({ content }) => content)).toEqual(["two", "one"]);
    const reports = relish.messages().filter(({ type }) => type === MessageType.ChannelPinnedMessage);
    expect(reports.map(({ message_reference: to }) => to?.message_id)).toEqual([one.id, two.id]);
    await expect(channel.messages.pin(reports[0]?.id ?? "")).rejects.toMatchObject({ code: 50021 });
    await one.unpin();
    await two.unpin();
    await expect.poll(() => updates.length).toBe(4);
    expect(updates.at(-1)).toBe(null);

    expect(() => relish.pin(one)).toThrow("Missing Permissions");
    discord.user("ketchup").pin(one);
    expect(relish.messages()[0]?.pinned).toBe(true);
    discord.user("ketchup").unpin(one);
    for (let count = 0; count < 250; count += 1) discord.user("ketchup").pin(relish.post("p"));
    await expect(one.pin()).rejects.toMatchObject({ code: 30003 });
    discord.denyBot(channel.id, PermissionFlagsBits.PinMessages);
    await expect(one.pin()).rejects.toMatchObject({ code: 50013 });
    discord.denyBot(channel.id, PermissionFlagsBits.ReadMessageHistory);
    expect((await channel.messages.fetchPins()).items).toEqual([]);
  });
});

describe("a bot with Manage Messages", () => {
  it("deletes messages of others, one or up to 100 that are less than 14 days old", async () => {
    const { discord, bot, channel, relish } = await open(PermissionFlagsBits.ManageMessages);
    const gone: number[] = [];
    bot.on(Events.MessageBulkDelete, ({ size }) => void gone.push(size));
    const path = Routes.channelBulkDelete(channel.id);
    const bulk = (messages: unknown) => bot.rest.post(path, { body: { messages } });
    const old = relish.post("old");
    await bot.rest.delete(Routes.channelMessage(channel.id, relish.post("single").id));
    discord.advance(14 * 24 * 60 * 60_000 + 1);
    const { id } = relish.post("one");
    const page = openPage(discord, "relish");
    await page.next("READY");
    await expect(bulk([id])).rejects.toMatchObject({ code: 50016 });
    await expect(bulk(Array.from({ length: 101 }, (_, index) => String(index)))).rejects.toMatchObject({
      code: 50016,
    });
    await expect(bulk([id, id])).rejects.toThrow("messages[1][SET_TYPE_ALREADY_CONTAINS_VALUE]");
    await expect(bulk([id, old.id])).rejects.toMatchObject({ code: 50034 });
    await expect(bulk("all")).rejects.toMatchObject({ code: 50035 });
    await bulk([id, relish.post("two").id, discord.user("mustard").post("kept", [], { dm: true }).id]);
    await expect.poll(() => gone).toEqual([2]);
    expect(discord.messages().map(({ content }) => content)).toEqual(["old", "kept"]);
    expect((await page.next("MESSAGE_DELETE")).d.id).toBe(id);
    discord.denyBot(channel.id, PermissionFlagsBits.ManageMessages);
    await expect(bulk([id, old.id])).rejects.toMatchObject({ code: 50013 });
    await expect(bot.rest.delete(Routes.channelMessage(channel.id, old.id))).rejects.toMatchObject({
      code: 50013,
    });
  });
});

describe("typing", () => {
  it("of the bot is seen by people, and that of people by the bot", async () => {
    const { discord, bot, channel, relish } = await open(0n);
    const typed: string[] = [];
    bot.on(Events.TypingStart, ({ user }) => void typed.push(user.id));
    const page = openPage(discord, "relish");
    await page.next("READY");
    const waiting = relish.waitForTyping();
    await channel.sendTyping();
    await waiting;
    expect((await page.next("TYPING_START")).d).toEqual({
      channel_id: channel.id,
      user_id: discord.applicationId,
    });
    await channel.send("done");
    await expect(relish.waitForTyping({ timeout: 20 })).rejects.toThrow(
      "The bot is not typing in the channel",
    );
    relish.type();
    await expect.poll(() => typed).toEqual([discord.applicationId, relish.id]);
    discord.denyBot(channel.id, PermissionFlagsBits.SendMessages);
    await expect(channel.sendTyping()).rejects.toMatchObject({ code: 50013 });
  });
});

describe("the bot's own user", () => {
  it("changes its name and avatar everywhere, and is told so", async () => {
    const { discord, bot, channel } = await open(0n);
    const page = openPage(discord, "relish");
    await page.next("READY");
    const message = await channel.send("hello");
    const png =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    await bot.user.edit({ username: "helper", avatar: `data:image/png;base64,${png}` });
    expect((await page.next("USER_UPDATE")).d.username).toBe("helper");
    await expect.poll(() => bot.user.username).toBe("helper");
    expect((await message.fetch(true)).author.username).toBe("helper");
    const picture = await fetch(`${discord.cdn}/avatars/${bot.user.id}/${bot.user.avatar}.png`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await picture.arrayBuffer()).toString("base64")).toBe(png);
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const edit = (body: object) => rest.patch(Routes.user(), { body });
    await expect(edit({ username: "x" })).rejects.toThrow("username[BASE_TYPE_MIN_LENGTH]");
    await expect(edit({ avatar: "data:text/html,hi" })).rejects.toThrow("avatar[IMAGE_INVALID]");
    await expect(edit({ banner: "data:image/png;base64,AA==" })).rejects.toThrow("does not have banners");
  });
});
