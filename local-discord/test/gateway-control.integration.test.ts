import { Events } from "discord.js";
import { describe, expect, it } from "vitest";
import type { Playground } from "../src/start.ts";
import { joinBot, openPlayground } from "./bot.ts";

/** What a bot of discord.js hears of its connection, and of messages. */
async function listening(playground: Playground): Promise<string[]> {
  const bot = await joinBot(playground);
  const heard: string[] = [];
  bot.on(Events.ShardResume, () => void heard.push("resumed"));
  bot.on(Events.ShardReady, () => void heard.push("identified"));
  bot.on(Events.MessageCreate, ({ content }) => void heard.push(content));
  return heard;
}

function mention({ applicationId }: Playground): string {
  return `<@${applicationId}>`;
}

describe("a bot of discord.js", () => {
  it("whose connection breaks resumes, and hears what was said meanwhile", async () => {
    const playground = await openPlayground();
    const heard = await listening(playground);
    playground.gateway.disconnect();
    playground.user("relish").post(mention(playground));
    await expect.poll(() => heard).toEqual([mention(playground), "resumed"]);
  });

  it("resumes after a close code that allows it, and when it is asked to", async () => {
    const playground = await openPlayground();
    const heard = await listening(playground);
    playground.gateway.disconnect(4000);
    await expect.poll(() => heard).toEqual(["resumed"]);
    playground.gateway.reconnect();
    await expect.poll(() => heard).toEqual(["resumed", "resumed"]);
    playground.gateway.invalidate({ resumable: true });
    await expect.poll(() => heard.length).toBe(3);
    playground.user("relish").post(mention(playground));
    await expect.poll(() => heard.at(-1)).toBe(mention(playground));
  });

  it("whose session is invalid identifies anew", async () => {
    const playground = await openPlayground();
    const heard = await listening(playground);
    playground.gateway.invalidate();
    // Between two identifications discord.js waits 5 s.
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["identified"]);
  });
});
