import { Events } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

/** Logs in a bot of discord.js; returns a list of its connection events and messages. */
async function listening(discord: LocalDiscord): Promise<string[]> {
  const bot = await joinBot(discord);
  const heard: string[] = [];
  bot.on(Events.ShardResume, () => void heard.push("resumed"));
  bot.on(Events.ShardReady, () => void heard.push("identified"));
  bot.on(Events.MessageCreate, ({ content }) => void heard.push(content));
  return heard;
}

function mention({ applicationId }: LocalDiscord): string {
  return `<@${applicationId}>`;
}

describe("a bot of discord.js", () => {
  it("whose connection breaks resumes, and receives the missed messages", async () => {
    const discord = await openLocalDiscord();
    const heard = await listening(discord);
    discord.gateway.disconnect();
    discord.user("relish").post(mention(discord));
    await expect.poll(() => heard).toEqual([mention(discord), "resumed"]);
  });

  it("resumes after a close code that allows it, and when asked to", async () => {
    const discord = await openLocalDiscord();
    const heard = await listening(discord);
    discord.gateway.disconnect(4000);
    await expect.poll(() => heard).toEqual(["resumed"]);
    discord.gateway.reconnect();
    await expect.poll(() => heard).toEqual(["resumed", "resumed"]);
    discord.gateway.invalidate({ resumable: true });
    await expect.poll(() => heard.length).toBe(3);
    discord.user("relish").post(mention(discord));
    await expect.poll(() => heard.at(-1)).toBe(mention(discord));
  });

  it("whose session is invalid identifies again", async () => {
    const discord = await openLocalDiscord();
    const heard = await listening(discord);
    discord.gateway.invalidate();
    // discord.js waits 5 s between two Identify payloads.
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["identified"]);
  });
});
