import { once } from "node:events";
import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { LocalDiscord } from "../src/start.ts";
import { traffic } from "../src/state/traffic.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

const FOREIGN = ["http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1", "null"];

/** Connects to the gateway with these headers; resolves with its first message, or with the status of the refusal. */
async function answerOfGateway({ api }: LocalDiscord, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(api.replace("http", "ws").replace("/api", "/gateway"), { headers });
  try {
    return await Promise.race([
      once(socket, "message").then(([data]) => String(data)),
      once(socket, "unexpected-response").then(([, response]) =>
        String((response as { statusCode: number }).statusCode),
      ),
    ]);
  } finally {
    socket.terminate();
  }
}

describe("a page of another site", () => {
  it.each(FOREIGN)("(%s) cannot connect to the gateway, but a bot can", async (origin) => {
    const discord = await openLocalDiscord();
    expect(await answerOfGateway(discord, { origin })).toBe("403");
    expect(await answerOfGateway(discord, { host: "evil.example" })).toBe("403");
    expect(await answerOfGateway(discord, {})).toContain("heartbeat_interval");
  });

  it.each(FOREIGN)("(%s) cannot use the API, even with the token", async (origin) => {
    const { api, botToken } = await openLocalDiscord();
    const headers = { origin, authorization: `Bot ${botToken}` };
    expect((await fetch(`${api}/v10/users/@me`, { headers })).status).toBe(403);
    expect((await fetch(`${api}/v10/webhooks/1/x`, { method: "POST", headers, body: "x" })).status).toBe(403);
  });

  it("cannot show the local Discord in a frame", async () => {
    const { page } = await openLocalDiscord();
    const policy = (await fetch(page)).headers.get("content-security-policy");
    expect(policy).toBe("frame-ancestors 'none'");
  });
});

describe("the WebSocket of the page", () => {
  it("is closed when it sends more than 1,024 bytes", async () => {
    const discord = await openLocalDiscord();
    const page = openPage(discord, "ketchup");
    await page.next("READY");
    page.socket.send("x".repeat(1_024));
    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: true } }));
    await page.next("TRAFFIC");
    const closed = once(page.socket, "close");
    page.socket.send("x".repeat(1_025));
    await closed;
    expect(page.socket.readyState).toBe(WebSocket.CLOSED);
  });
});

describe("the traffic", () => {
  it("has no request without a valid token, and its body is not read", async () => {
    const discord = await openLocalDiscord();
    const { api, applicationId, channelId } = discord;
    const body = JSON.stringify({ content: "x".repeat(1_000_000) });
    const wrong = { authorization: "Bot wrong" };
    for (const [method, path, headers] of [
      ["GET", "/gateway/bot", {}],
      ["GET", "/gateway/bot", wrong],
      ["POST", `/channels/${channelId}/messages`, wrong],
      ["POST", `/webhooks/${applicationId}/wrong`, {}],
      ["POST", "/webhooks/1/wrong", {}],
      ["PATCH", `/webhooks/${applicationId}/wrong/messages/@original`, {}],
      ["POST", "/interactions/1/wrong/callback", {}],
      ["GET", `/nowhere?${"x".repeat(1_000)}`, {}],
    ] as const) {
      const how = method === "GET" ? { method, headers } : { method, headers, body };
      expect((await fetch(`${api}/v10${path}`, how)).status).toBeGreaterThanOrEqual(401);
    }
    expect(discord.traffic()).toEqual([]);
  });

  it("has the answer to an interaction, which shows its token", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
    await discord.user("ketchup").command("ping").answer();
    await expect
      .poll(() => discord.traffic().at(-1)?.title)
      .toMatch(/^POST \/interactions\/\d+\/\[token\]\/callback/);
  });

  it("has only the length of a very long body", async () => {
    const discord = await openLocalDiscord({ rateLimits: false });
    const bot = await joinBot(discord);
    const body = { content: "x".repeat(300_000) };
    await expect(bot.rest.post(Routes.channelMessages(discord.channelId), { body })).rejects.toThrow(
      "Invalid Form Body",
    );
    expect(discord.traffic().at(-1)).toMatchObject({ status: 400, request: "300014 characters" });
  });

  it("drops the oldest entries when the total size is too large", () => {
    const all = traffic(Date.now);
    const request = JSON.stringify("x".repeat(200_000));
    for (let index = 0; index < 1_000; index += 1)
      all.record({ kind: "rest", title: `POST /${index}`, request });
    const entries = all.kept();
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.length).toBeLessThan(170);
    expect(entries.at(-1)?.title).toBe("POST /999");
    for (let index = 0; index < 1_000; index += 1) all.record({ kind: "rest", title: `GET /${index}` });
    expect(all.kept()).toHaveLength(1_000);
  });
});
