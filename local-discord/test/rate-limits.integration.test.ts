import { REST, RESTEvents, Routes } from "discord.js";
import { describe, expect, it, vi } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

/** Sends a plain request as the bot. */
function request({ api, botToken }: LocalDiscord, method: string, route: string, body?: object) {
  const headers = { authorization: `Bot ${botToken}`, "content-type": "application/json" };
  return fetch(`${api}/v10${route}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

const body = { content: "hello" };
const WAIT_OPTIONS = { timeout: 30_000, interval: 0 };

/** Resolves once a request of a burst is refused. On a slow machine, a burst may not fit into the second that has a limit. */
async function untilRefused(sendBurst: () => Promise<Response[]>): Promise<Response> {
  return vi.waitFor(async () => {
    const refused = (await sendBurst()).find(({ status }) => status === 429);
    if (refused === undefined) throw new Error("all requests were allowed");
    return refused;
  }, WAIT_OPTIONS);
}

describe("the rate limit of a channel's route", () => {
  it("counts the requests of a bot, and lets it continue when the time is over", async () => {
    const discord = await openLocalDiscord();
    const send = () => request(discord, "POST", Routes.channelMessages(discord.channelId), body);
    const refused = await untilRefused(() => Promise.all(Array.from({ length: 6 }, send)));
    expect(refused.headers.get("x-ratelimit-scope")).toBe("user");
    const before = discord.messages().length;
    discord.advance(5_000);
    expect((await send()).status).toBe(200);
    expect(discord.messages()).toHaveLength(before + 1);
  });

  it("makes discord.js wait, without a single 429", async () => {
    const discord = await openLocalDiscord();
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    const waits: number[] = [];
    rest.on(RESTEvents.RateLimited, ({ timeToReset }) => waits.push(timeToReset));
    const sent = Array.from({ length: 6 }, () =>
      rest.post(Routes.channelMessages(discord.channelId), { body }),
    );
    await Promise.all(sent);
    expect(waits).toHaveLength(1);
    expect(discord.traffic().map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(discord.messages()).toHaveLength(6);
  });

  it("can be turned off", async () => {
    const discord = await openLocalDiscord({ rateLimits: false });
    const route = Routes.channelMessages(discord.channelId);
    const responses = await Promise.all(
      Array.from({ length: 60 }, () => request(discord, "POST", route, body)),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe("the global rate limit", () => {
  it("counts the requests of a bot, and lets it continue when the second is over", async () => {
    const discord = await openLocalDiscord();
    const ask = () => request(discord, "GET", Routes.user());
    const refused = await untilRefused(() => Promise.all(Array.from({ length: 60 }, ask)));
    expect(refused.headers.get("x-ratelimit-scope")).toBe("global");
    discord.advance(1_000);
    expect((await ask()).status).toBe(200);
  });

  it("does not apply to interactions, which have no limits", async () => {
    const discord = await openLocalDiscord();
    const seen: Response[] = [];
    await joinBot(discord, async (interaction) => {
      if (!interaction.isRepliable()) return;
      const followUp = Routes.webhook(interaction.applicationId, interaction.token);
      await interaction.reply("0");
      const more = Array.from({ length: 60 }, (_, index) =>
        request(discord, "POST", followUp, { content: String(index + 1) }),
      );
      seen.push(...(await Promise.all(more)));
    });
    discord.user("ketchup").command("ping");
    await expect.poll(() => seen.length).toBe(60);
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    expect(seen[0]?.headers.has("x-ratelimit-limit")).toBe(false);
  });
});
