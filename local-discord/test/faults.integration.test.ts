import { REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

/** Returns a client that does not retry. */
function impatient({ api, botToken }: LocalDiscord): REST {
  return new REST({ api, retries: 0, timeout: 500 }).setToken(botToken);
}

const path = /\/channels\/\d+\/messages$/;
const body = { content: "hello" };

describe("a fault", () => {
  it("answers with a status the given number of times, and discord.js retries", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    discord.fault({ method: "POST", path, times: 2, act: { status: 503 } });
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
    expect(discord.messages()).toHaveLength(1);
    const statuses = discord.traffic().filter(({ title }) => title.startsWith("POST"));
    expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it("sends retry-after, and discord.js waits and retries", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    discord.fault({ method: "POST", path, times: 1, act: { status: 429, retryAfter: 1 } });
    const began = performance.now();
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(discord.messages()).toHaveLength(1);
  });

  it("drops a request before it is handled, or its response afterwards", async () => {
    const discord = await openLocalDiscord();
    const rest = impatient(discord);
    const send = () => rest.post(Routes.channelMessages(discord.channelId), { body });
    discord.fault({ path, times: 1, act: "drop" });
    await expect(send()).rejects.toThrow("closed");
    expect(discord.messages()).toHaveLength(0);
    discord.fault({ path, times: 1, act: "drop-after" });
    await expect(send()).rejects.toThrow("closed");
    expect(discord.messages()).toHaveLength(1);
    await send();
    expect(discord.traffic().map(({ status }) => status)).toEqual([undefined, undefined, 200]);
  });

  it("loses a response when the connection is closed or reset; discord.js retries only after the reset", async () => {
    const discord = await openLocalDiscord();
    const send = (rest: REST) => rest.post(Routes.channelMessages(discord.channelId), { body });
    discord.fault({ path, times: 1, act: "drop-after" });
    await expect(send(impatient(discord))).rejects.toMatchObject({ code: "UND_ERR_SOCKET" });
    discord.fault({ path, times: 1, act: "reset-after" });
    await expect(send(impatient(discord))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(discord.messages()).toHaveLength(2);

    const patient = new REST({ api: discord.api }).setToken(discord.botToken);
    discord.fault({ path, times: 1, act: "drop-after" });
    await expect(send(patient)).rejects.toMatchObject({ code: "UND_ERR_SOCKET" });
    discord.fault({ path, times: 1, act: "reset-after" });
    await send(patient);
    expect(discord.messages()).toHaveLength(5);
  });

  it("delays the response to a handled request", async () => {
    const discord = await openLocalDiscord();
    discord.fault({ path, act: { delay: 1_000 } });
    const sent = impatient(discord).post(Routes.channelMessages(discord.channelId), { body });
    await expect(sent).rejects.toThrow("aborted");
    expect(discord.messages()).toHaveLength(1);
  });

  it("happens every time for a pattern with /g, and never with times: 0", async () => {
    const discord = await openLocalDiscord();
    const rest = impatient(discord);
    const messages = Routes.channelMessages(discord.channelId);
    discord.fault({ path, times: 0, act: { status: 500 } });
    expect(await rest.get(messages)).toEqual([]);
    discord.fault({ path: /messages/g, act: { status: 500 } });
    for (let time = 0; time < 3; time++) {
      await expect(rest.get(messages)).rejects.toMatchObject({ status: 500 });
    }
  });

  it("ends when it is removed, and concerns no other method or path", async () => {
    const discord = await openLocalDiscord();
    const rest = impatient(discord);
    const remove = discord.fault({ method: "GET", path, act: { status: 500 } });
    const messages = Routes.channelMessages(discord.channelId);
    await rest.post(messages, { body });
    await rest.get(Routes.channel(discord.channelId));
    await expect(rest.get(messages)).rejects.toMatchObject({ status: 500 });
    remove();
    expect(await rest.get(messages)).toHaveLength(1);
  });
});
