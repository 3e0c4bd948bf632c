import { expect, it, onTestFinished, vi } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

it("a test with fake timers moves the time of its bot, while the local Discord goes on", async () => {
  const discord = await openLocalDiscord();
  await joinBot(discord, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    setTimeout(() => void interaction.editReply("a minute later"), 60_000);
  });
  // undici, which sends the bot's requests, needs the real setImmediate.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const before = discord.now();
  const command = discord.user("relish").command("ping");
  await discord.waitForMessage(({ interaction_metadata }) => interaction_metadata?.id === command.id);
  await expect(command.answer({ timeout: 300 })).rejects.toThrow("Nothing matched within 300 ms.");
  expect(discord.now()).toBeGreaterThan(before);
  await expect.poll(() => vi.getTimerCount(), { interval: 0 }).toBeGreaterThan(0);
  vi.advanceTimersByTime(60_000);
  expect((await command.answer()).content).toBe("a minute later");
});

it("await using closes the local Discord", async () => {
  let api: string;
  {
    await using discord = await openLocalDiscord();
    ({ api } = discord);
    expect((await fetch(`${api}/v10/gateway`)).status).toBe(200);
  }
  await expect(fetch(`${api}/v10/gateway`)).rejects.toThrow("fetch failed");
});

it("waitForBot waits for a bot, and says when none comes", async () => {
  const discord = await openLocalDiscord();
  await expect(discord.waitForBot({ timeout: 1 })).rejects.toThrow("No bot is connected.");
  const [, bot] = await Promise.all([discord.waitForBot(), joinBot(discord)]);
  await bot.destroy();
});
