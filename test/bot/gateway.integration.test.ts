import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { GatewayCloseCodes, GatewayOpcodes } from "discord.js";
import { expect, it, onTestFinished, vi } from "vitest";
import { WebSocketServer } from "ws";
import { startLocalDiscord, type LocalDiscord } from "../../local-discord/src/start.ts";
import { startBot } from "../../src/bot/bot.ts";
import { commands } from "../../src/commands/index.ts";
import { StartError } from "../../src/platform/start-error.ts";
import { hotdogBot } from "../hotdog-bot.ts";
import { memoryLog } from "../memory-log.ts";
import { otherGateway } from "./other-gateway.ts";

async function openLocalDiscord(): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ port: 0 });
  onTestFinished(() => discord.close());
  return discord;
}

it("logs that the connection is back when Discord required a new session", async () => {
  await using bot = await hotdogBot();
  bot.discord.gateway.invalidate();
  await vi.waitFor(() => expect(bot.logged()).toContain("the gateway connection is back, in a new session"), {
    timeout: 20_000,
  });
  expect(bot.logged().split("the gateway connection was lost").length - 1).toBe(1);
  expect((await bot.discord.user("ketchup").command("stats", { numbers: "1" }).answer()).embeds).toHaveLength(
    1,
  );
}, 30_000);

it("starts although the first handshakes fail with 503, and logs that once", async () => {
  const discord = await openLocalDiscord();
  discord.fault({ path: /^\/gateway$/, times: 3, act: { status: 503 } });
  const { log, logged } = memoryLog();
  const { api, botToken: token } = discord;
  const bot = await startBot({ token, api, commands, jobs: { send: async () => {} }, log });
  onTestFinished(() => bot.stop());
  bot.check();
  const warnings = logged().match(/"level":40.*/g);
  expect(warnings).toHaveLength(1);
  expect(warnings?.[0]).toContain(
    '"reason":"Unexpected server response: 503","msg":"the gateway cannot be reached; retrying"',
  );
  expect(logged()).toContain("the bot is connected");
  // There is no second client in the background.
  expect(discord.traffic().filter(({ title }) => title === "Identify")).toHaveLength(1);
});

it("opens as many gateway connections as Discord recommends", async () => {
  const discord = await openLocalDiscord();
  const bot = await startBot({
    token: discord.botToken,
    api: await otherGateway(discord.api, { shards: 2 }),
    commands,
    jobs: { send: async () => {} },
    log: memoryLog().log,
  });
  onTestFinished(() => bot.stop());
  bot.check();
  const traffic = JSON.stringify(discord.traffic());
  expect(traffic).toContain('"shard":[0,2]');
  expect(traffic).toContain('"shard":[1,2]');
});

it("does not start, and says why, when the gateway closes the connection for good", async () => {
  const discord = await openLocalDiscord();
  const gateway = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => gateway.close());
  await once(gateway, "listening");
  gateway.on("connection", (socket) => {
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: 40_000 } }));
    socket.on("message", () => socket.close(GatewayCloseCodes.DisallowedIntents));
  });
  const url = `ws://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const starting = startBot({
    token: discord.botToken,
    api: await otherGateway(discord.api, { url }),
    commands,
    jobs: { send: async () => {} },
    log: memoryLog().log,
  });
  await expect(starting).rejects.toThrow(StartError);
  await expect(starting).rejects.toThrow(
    "Discord refused the bot: the gateway closed the connection (4014).",
  );
});
