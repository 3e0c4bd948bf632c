import { REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

/** A client that gives up at the first failure. */
function impatient({ api, botToken }: LocalDiscord): REST {
  return new REST({ api, retries: 0, timeout: 500 }).setToken(botToken);
}

const path = /\/channels\/\d+\/messages$/;
const body = { content: "hello" };

describe("a fault", () => {
  it("answers with a status as often as told, and discord.js tries again", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    discord.fault({ method: "POST", path, times: 2, act: { status: 503 } });
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
    expect(discord.messages()).toHaveLength(1);
    const statuses = discord.traffic().filter(({ title }) => title.startsWith("POST"));
    expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it("asks a client to come back later, which discord.js does", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    discord.fault({ method: "POST", path, times: 1, act: { status: 429, retryAfter: 1 } });
    const began = performance.now();
    await bot.rest.post(Routes.channelMessages(discord.channelId), { body });
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(discord.messages()).toHaveLength(1);
  });

  it("drops a request before it is handled, or its answer afterwards", async () => {
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

  it("loses an answer by a connection that is closed in order, or reset, which discord.js alone tries again", async () => {
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

  it("lets a client wait for an answer to what is done long since", async () => {
    const discord = await openLocalDiscord();
    discord.fault({ path, act: { delay: 1_000 } });
    const sent = impatient(discord).post(Routes.channelMessages(discord.channelId), { body });
    await expect(sent).rejects.toThrow("aborted");
    expect(discord.messages()).toHaveLength(1);
  });

  it("happens every time to a pattern with /g, and never when told 0 times", async () => {
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

  it("ends when it is taken back, and concerns no other method or path", async () => {
    const discord = await openLocalDiscord();
    const rest = impatient(discord);
    const mend = discord.fault({ method: "GET", path, act: { status: 500 } });
    const messages = Routes.channelMessages(discord.channelId);
    await rest.post(messages, { body });
    await rest.get(Routes.channel(discord.channelId));
    await expect(rest.get(messages)).rejects.toMatchObject({ status: 500 });
    mend();
    expect(await rest.get(messages)).toHaveLength(1);
  });
});
