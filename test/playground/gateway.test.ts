import { once } from "node:events";
import { Client, Events } from "discord.js";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { joinBot, openPlayground } from "./bot.ts";

function gatewayOf(api: string): WebSocket {
  return new WebSocket(`${api.replace("http", "ws").replace("/api", "/gateway")}?v=10&encoding=json`);
}

async function received(socket: WebSocket): Promise<{ op: number; t: string | null; d: unknown }> {
  const [data] = (await once(socket, "message")) as [Buffer];
  return JSON.parse(data.toString()) as { op: number; t: string | null; d: unknown };
}

describe("the gateway", () => {
  it("logs a bot of discord.js in and shows it the guild, its channel and its people", async () => {
    const playground = await openPlayground({ preferredLocale: "fr" });
    const bot = await joinBot(playground);
    const guild = bot.guilds.cache.get(playground.guildId);

    expect(bot.user.id).toBe(playground.applicationId);
    expect(guild).toMatchObject({ name: "Local Guild", preferredLocale: "fr", memberCount: 4 });
    expect(guild?.channels.cache.get(playground.channelId)?.name).toBe("general");
    expect(guild?.members.cache.map((member) => member.displayName)).toEqual([
      "bot",
      "ketchup",
      "mustard",
      "relish",
    ]);
    expect(guild?.members.me?.permissions.has("SendMessages")).toBe(true);
    const moderators = guild?.members.cache.filter((member) => member.permissions.has("ManageMessages"));
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

  it("closes with 4004 on a wrong token", async () => {
    const playground = await openPlayground();
    const socket = gatewayOf(playground.api);
    expect(await received(socket)).toMatchObject({ op: 10 });
    socket.send(JSON.stringify({ op: 2, d: { token: "wrong", intents: 0, properties: {} } }));
    expect((await once(socket, "close"))[0]).toBe(4004);
  });

  it("lets discord.js see at login that its token is wrong", async () => {
    const playground = await openPlayground();
    const client = new Client({ intents: [], rest: { api: playground.api } });
    await expect(client.login("wrong")).rejects.toThrow("An invalid token was provided.");
  });

  it("acknowledges heartbeats", async () => {
    const playground = await openPlayground();
    const socket = gatewayOf(playground.api);
    await received(socket);
    socket.send(JSON.stringify({ op: 1, d: null }));
    expect(await received(socket)).toMatchObject({ op: 11 });
    socket.close();
  });

  it("closes with 4002 on what is no payload, and with 4003 on what needs a login first", async () => {
    const playground = await openPlayground();
    const garbled = gatewayOf(playground.api);
    await received(garbled);
    garbled.send("{");
    expect((await once(garbled, "close"))[0]).toBe(4002);
    const early = gatewayOf(playground.api);
    await received(early);
    early.send(JSON.stringify({ op: 3, d: {} }));
    expect((await once(early, "close"))[0]).toBe(4003);
  });

  it("tells a bot that wants to resume to identify anew", async () => {
    const playground = await openPlayground();
    const socket = gatewayOf(playground.api);
    await received(socket);
    socket.send(JSON.stringify({ op: 6, d: { token: playground.botToken, session_id: "gone", seq: 1 } }));
    expect(await received(socket)).toMatchObject({ op: 9, d: false });
    socket.close();
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
});
