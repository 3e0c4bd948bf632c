import { REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { Playground } from "../src/start.ts";
import { joinBot, openPlayground } from "./bot.ts";

/** A client that gives up at the first failure. */
function impatient({ api, botToken }: Playground): REST {
  return new REST({ api, retries: 0, timeout: 500 }).setToken(botToken);
}

const path = /\/channels\/\d+\/messages$/;
const body = { content: "hello" };

describe("a fault", () => {
  it("answers with a status as often as told, and discord.js tries again", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground);
    playground.fault({ method: "POST", path, times: 2, act: { status: 503 } });
    await bot.rest.post(Routes.channelMessages(playground.channelId), { body });
    expect(playground.messages()).toHaveLength(1);
    const statuses = playground.traffic().filter(({ title }) => title.startsWith("POST"));
    expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it("asks a client to come back later, which discord.js does", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground);
    playground.fault({ method: "POST", path, times: 1, act: { status: 429, retryAfter: 1 } });
    const began = performance.now();
    await bot.rest.post(Routes.channelMessages(playground.channelId), { body });
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(playground.messages()).toHaveLength(1);
  });

  it("drops a request before it is handled, or its answer afterwards", async () => {
    const playground = await openPlayground();
    const rest = impatient(playground);
    const send = () => rest.post(Routes.channelMessages(playground.channelId), { body });
    playground.fault({ path, times: 1, act: "drop" });
    await expect(send()).rejects.toThrow("closed");
    expect(playground.messages()).toHaveLength(0);
    playground.fault({ path, times: 1, act: "drop-after" });
    await expect(send()).rejects.toThrow("closed");
    expect(playground.messages()).toHaveLength(1);
    await send();
    expect(playground.traffic().map(({ status }) => status)).toEqual([undefined, undefined, 200]);
  });

  it("loses an answer by a connection that is closed in order, or reset, which discord.js alone tries again", async () => {
    const playground = await openPlayground();
    const send = (rest: REST) => rest.post(Routes.channelMessages(playground.channelId), { body });
    playground.fault({ path, times: 1, act: "drop-after" });
    await expect(send(impatient(playground))).rejects.toMatchObject({ code: "UND_ERR_SOCKET" });
    playground.fault({ path, times: 1, act: "reset-after" });
    await expect(send(impatient(playground))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(playground.messages()).toHaveLength(2);

    const patient = new REST({ api: playground.api }).setToken(playground.botToken);
    playground.fault({ path, times: 1, act: "drop-after" });
    await expect(send(patient)).rejects.toMatchObject({ code: "UND_ERR_SOCKET" });
    playground.fault({ path, times: 1, act: "reset-after" });
    await send(patient);
    expect(playground.messages()).toHaveLength(5);
  });

  it("lets a client wait for an answer to what is done long since", async () => {
    const playground = await openPlayground();
    playground.fault({ path, act: { delay: 1_000 } });
    const sent = impatient(playground).post(Routes.channelMessages(playground.channelId), { body });
    await expect(sent).rejects.toThrow("aborted");
    expect(playground.messages()).toHaveLength(1);
  });

  it("happens every time to a pattern with /g, and never when told 0 times", async () => {
    const playground = await openPlayground();
    const rest = impatient(playground);
    const messages = Routes.channelMessages(playground.channelId);
    playground.fault({ path, times: 0, act: { status: 500 } });
    expect(await rest.get(messages)).toEqual([]);
    playground.fault({ path: /messages/g, act: { status: 500 } });
    for (let time = 0; time < 3; time++) {
      await expect(rest.get(messages)).rejects.toMatchObject({ status: 500 });
    }
  });

  it("ends when it is taken back, and concerns no other method or path", async () => {
    const playground = await openPlayground();
    const rest = impatient(playground);
    const mend = playground.fault({ method: "GET", path, act: { status: 500 } });
    const messages = Routes.channelMessages(playground.channelId);
    await rest.post(messages, { body });
    await rest.get(Routes.channel(playground.channelId));
    await expect(rest.get(messages)).rejects.toMatchObject({ status: 500 });
    mend();
    expect(await rest.get(messages)).toHaveLength(1);
  });
});
