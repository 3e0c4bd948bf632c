import { randomBytes } from "node:crypto";
import type { APIMessage, Client } from "discord.js";
import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

async function channelOf(bot: Client<true>, { channelId }: LocalDiscord) {
  const channel = await bot.channels.fetch(channelId, { force: true });
  if (!channel?.isSendable()) throw new Error("not sendable");
  return channel;
}

function pinged({ mentions, mention_everyone }: APIMessage) {
  return [mentions.map(({ id }) => id), mention_everyone];
}

describe("channel messages", () => {
  it("are created with files, which the CDN serves unchanged", async () => {
    const discord = await openLocalDiscord();
    const channel = await channelOf(await joinBot(discord), discord);
    const bytes = randomBytes(70_000);
    const files = [{ attachment: bytes, name: "a picture.png", description: "Noise" }];
    const message = await channel.send({ content: "look", files });
    const attachment = message.attachments.first();
    expect(attachment).toMatchObject({ name: "a_picture.png", size: 70_000, description: "Noise" });
    const response = await fetch(attachment?.url ?? "");
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("are edited, keep the attachments that the edit names, and are deleted", async () => {
    const discord = await openLocalDiscord();
    const channel = await channelOf(await joinBot(discord), discord);
    const files = ["a.txt", "b.txt"].map((name) => ({ attachment: Buffer.from(name), name }));
    const message = await channel.send({ content: "before", files });
    const kept = message.attachments.filter(({ name }) => name === "b.txt");
    const added = { attachment: Buffer.from("c"), name: "c.txt" };
    await message.edit({ content: "after", attachments: [...kept.values()], files: [added] });
    const [stored] = discord.messages();
    expect(stored).toMatchObject({ content: "after" });
    expect(stored?.attachments.map(({ filename }) => filename)).toEqual(["b.txt", "c.txt"]);
    expect(stored?.edited_timestamp).not.toBeNull();
    await message.delete();
    expect(discord.messages()).toEqual([]);
  });

  it("are fetched one by one and as a list, newest first", async () => {
    const discord = await openLocalDiscord();
    const channel = await channelOf(await joinBot(discord), discord);
    const [first, , third] = ["one", "two", "three"].map((text) => discord.user("relish").post(text));
    const contents = async (options: { limit?: number; before?: string; after?: string }) =>
      (await channel.messages.fetch({ cache: false, ...options })).map(({ content }) => content);
    expect((await channel.messages.fetch(first?.id ?? "")).content).toBe("one");
    expect(await contents({})).toEqual(["three", "two", "one"]);
    expect(await contents({ limit: 1 })).toEqual(["three"]);
    expect(await contents({ before: third?.id ?? "" })).toEqual(["two", "one"]);
    expect(await contents({ after: first?.id ?? "", limit: 1 })).toEqual(["two"]);
  });

  it("are sent once when the nonce is enforced, and twice when it is not", async () => {
    const discord = await openLocalDiscord();
    const channel = await channelOf(await joinBot(discord), discord);
    const once = { content: "once", nonce: "12345", enforceNonce: true };
    const sent = [await channel.send(once), await channel.send(once)];
    expect(sent[1]?.id).toBe(sent[0]?.id);
    expect(discord.messages()).toHaveLength(1);
    await channel.send({ ...once, enforceNonce: false });
    expect(discord.messages()).toHaveLength(2);
    discord.advance(60 * 60_000);
    await channel.send(once);
    expect(discord.messages()).toHaveLength(3);
  });

  it("ping whom allowed_mentions permits", async () => {
    const discord = await openLocalDiscord();
    const channel = await channelOf(await joinBot(discord), discord);
    const [ketchup, mustard] = [discord.user("ketchup").id, discord.user("mustard").id];
    const content = `<@${ketchup}> <@${mustard}> @everyone`;
    const send = async (allowedMentions?: { parse: "users"[]; users?: string[] }) => {
      const { id } = await channel.send({ content, ...(allowedMentions ? { allowedMentions } : {}) });
      return pinged(await discord.waitForMessage((message) => message.id === id));
    };
    expect(await send()).toEqual([[ketchup, mustard], false]);
    expect(await send({ parse: [] })).toEqual([[], false]);
    expect(await send({ parse: [], users: [mustard] })).toEqual([[mustard], false]);
  });

  it("ping everyone if their author has Mention Everyone: the owner in a guild, the bot in direct messages", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const everyone = { content: "@everyone look" };
    for (const [name, pings] of [
      ["ketchup", true],
      ["mustard", false],
      ["relish", false],
    ] as const) {
      expect(discord.user(name).post(everyone.content).mention_everyone).toBe(pings);
    }
    const relish = discord.user("relish");
    expect(relish.post(everyone.content, [], { dm: true }).mention_everyone).toBe(false);
    const sent = (channel: string, body: object) =>
      bot.rest.post(Routes.channelMessages(channel), { body }) as Promise<APIMessage>;
    expect(await sent(discord.channelId, everyone)).toMatchObject({ mention_everyone: false });
    expect(await sent(relish.dm, everyone)).toMatchObject({ mention_everyone: true });
    const silent = { ...everyone, allowed_mentions: { parse: [] } };
    expect(await sent(relish.dm, silent)).toMatchObject({ mention_everyone: false });
  });

  it("reply to others and ping their authors", async () => {
    const discord = await openLocalDiscord();
    const channel = await channelOf(await joinBot(discord), discord);
    const question = discord.user("mustard").post("Is it a hot dog?");
    await channel.send({ content: "It is.", reply: { messageReference: question.id } });
    expect(await discord.waitForMessage(({ content }) => content === "It is.")).toMatchObject({
      type: 19,
      referenced_message: { id: question.id },
      mentions: [{ id: question.author.id }],
    });
    const lost = channel.send({ content: "It is.", reply: { messageReference: "1" } });
    await expect(lost).rejects.toMatchObject({ code: 50035 });
  });

  it("are refused with the errors of Discord", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const channel = await channelOf(bot, discord);
    const foreign = discord.user("ketchup").post("mine");
    const message = Routes.channelMessage(discord.channelId, foreign.id);
    const refusals: [() => Promise<unknown>, number, number][] = [
      [() => channel.send({ content: "x".repeat(2001) }), 400, 50035],
      [() => channel.send({}), 400, 50006],
      [() => bot.rest.get(Routes.channel("1")), 404, 10003],
      [() => bot.rest.post(Routes.channelMessages("1"), { body: { content: "hi" } }), 404, 10003],
      [() => bot.rest.get(Routes.channelMessage(discord.channelId, "1")), 404, 10008],
      [() => bot.rest.patch(message, { body: { content: "yours" } }), 403, 50005],
      [() => bot.rest.delete(message), 403, 50013],
    ];
    for (const [attempt, status, code] of refusals) {
      await expect(attempt()).rejects.toMatchObject({ status, code });
    }
    expect(discord.messages()).toEqual([foreign]);
  });

  it("accept numbers as attachment ids", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    await bot.rest.post(Routes.channelMessages(discord.channelId), {
      body: { content: "hi", attachments: [{ id: 0, filename: "named.txt" }] },
      files: [{ name: "sent.txt", data: Buffer.from("text") }],
    });
    expect(discord.messages()[0]?.attachments[0]?.filename).toBe("named.txt");
  });
});
