import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { REST, Routes } from "discord.js";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";
import { collectingBot } from "./collecting-bot.ts";

const ROUNDS = 10;

/** Presses and posts as soon as there is something to react to, several times; returns what the bot said to it. */
async function reactAtOnce(discord: LocalDiscord): Promise<string[]> {
  const ketchup = discord.user("ketchup");
  const said: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const message = await ketchup.command("ping").answer();
    said.push((await ketchup.press(message, "Press").answer()).content);
    const { id } = ketchup.post("hello");
    const isSaid = (content: string) => content === "heard" || content === "missed";
    const last = await ketchup.waitForMessage((one) => BigInt(one.id) > BigInt(id) && isSaid(one.content));
    said.push(last.content);
  }
  return said;
}

const everything = Array.from({ length: ROUNDS }, () => ["collected", "heard"]).flat();

it("what people do at once comes after the response to a bot in the same process", async () => {
  const discord = await openLocalDiscord({ rateLimits: false });
  const bot = await collectingBot(discord.api, discord.botToken);
  onTestFinished(() => bot.destroy());
  expect(await reactAtOnce(discord)).toEqual(everything);
});

it("what people do at once comes after the response to a bot in a separate process", async () => {
  const discord = await openLocalDiscord({ rateLimits: false });
  const bot = JSON.stringify(join(import.meta.dirname, "collecting-bot.ts"));
  const call = `collectingBot(${JSON.stringify(discord.api)}, ${JSON.stringify(discord.botToken)})`;
  const source = `import { collectingBot } from ${bot}; await ${call};`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], { stdio: "inherit" });
  onTestFinished(() => void child.kill("SIGKILL"));
  await discord.waitForCommand("ping", { timeout: 60_000 });
  expect(await reactAtOnce(discord)).toEqual(everything);
});

it("a response that a fault delays or loses holds nobody back", async () => {
  const discord = await openLocalDiscord();
  const callback = /\/callback$/;
  discord.fault({ path: callback, times: 1, act: { delay: 60_000 } });
  discord.fault({ path: callback, times: 1, act: "drop-after" });
  await joinBot(discord, async (interaction) => {
    if (interaction.isRepliable()) await interaction.reply("pong").catch(() => {});
  });
  const ketchup = discord.user("ketchup");
  for (let round = 0; round < 3; round += 1) {
    expect((await ketchup.command("ping").answer()).content).toBe("pong");
  }
  const statuses = discord.traffic().filter(({ title }) => title.includes("/callback"));
  expect(statuses.map(({ status }) => status)).toEqual([undefined, 204]);
});

it("a bot that answers no pings gets all events in order, though late", async () => {
  const discord = await openLocalDiscord();
  const address = `${discord.api.replace("http", "ws").replace("/api", "/gateway")}?v=10`;
  const socket = new WebSocket(address, { autoPong: false });
  onTestFinished(() => socket.terminate());
  const events: string[] = [];
  socket.on("message", (data: Buffer) => events.push(String(JSON.parse(data.toString()).t)));
  await once(socket, "open");
  socket.send(JSON.stringify({ op: 2, d: { token: discord.botToken, intents: 1 << 9, properties: {} } }));
  await expect.poll(() => events).toContain("READY");
  const bot = new REST({ api: discord.api }).setToken(discord.botToken);
  const { channelId } = discord;
  await bot.put(Routes.applicationCommands(discord.applicationId), { body: [ping] });
  discord.user("relish").command("ping");
  discord.user("relish").post("hello");
  await bot.post(Routes.channelMessages(channelId), { body: { content: "hello" } });
  const all = ["null", "READY", "INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_CREATE"];
  await expect.poll(() => events).toEqual(all);
});
