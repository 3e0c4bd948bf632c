import { REST, RESTEvents, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

/** Sends a plain request as the bot. */
function request({ api, botToken }: LocalDiscord, method: string, route: string, body?: object) {
  const headers = { authorization: `Bot ${botToken}`, "content-type": "application/json" };
  return fetch(`${api}/v10${route}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

function limitsIn({ headers }: Response) {
  const {
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-bucket": bucket,
  } = Object.fromEntries(headers);
  return { limit, remaining, bucket };
}

const body = { content: "hello" };

describe("the rate limit of a channel's route", () => {
  it("allows 5 requests in 5 s, says so in headers, and then answers 429 with the seconds to wait", async () => {
    const discord = await openLocalDiscord();
    const send = () => request(discord, "POST", Routes.channelMessages(discord.channelId), body);
    for (const remaining of ["4", "3", "2", "1", "0"]) {
      expect(limitsIn(await send())).toEqual({ limit: "5", remaining, bucket: "channel-POST-messages" });
    }
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-ratelimit-scope")).toBe("user");
    expect(refused.headers.get("retry-after")).toBe("5");
    const refusal = (await refused.json()) as { retry_after: number };
    expect(refusal).toMatchObject({ message: "You are being rate limited.", global: false });
    expect(refusal.retry_after).toBeLessThanOrEqual(5);
    expect(Number(refused.headers.get("x-ratelimit-reset-after"))).toBeCloseTo(refusal.retry_after, 2);
    const reset = Number(refused.headers.get("x-ratelimit-reset")) * 1_000;
    expect(reset - discord.now()).toBeLessThanOrEqual(5_000);
    expect(discord.messages()).toHaveLength(5);

    discord.advance(5_000);
    expect((await send()).status).toBe(200);
  });

  it("counts each channel and each of its routes separately", async () => {
    const discord = await openLocalDiscord();
    const [one, two] = discord.guilds[0]?.channels ?? [];
    const statuses = async (method: string, id = "", more?: object) =>
      (await request(discord, method, Routes.channelMessages(id), more)).status;
    for (let sent = 0; sent < 5; sent++) expect(await statuses("POST", one?.id, body)).toBe(200);
    expect(await statuses("POST", one?.id, body)).toBe(429);
    expect(await statuses("POST", two?.id, body)).toBe(200);
    expect(await statuses("GET", one?.id)).toBe(200);
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
  it("allows 50 requests per second", async () => {
    const discord = await openLocalDiscord();
    const ask = () => request(discord, "GET", Routes.user());
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await ask()).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refused = await ask();
    expect(refused.status).toBe(429);
    const { "x-ratelimit-global": global, "x-ratelimit-scope": scope } = Object.fromEntries(refused.headers);
    expect({ global, scope }).toEqual({ global: "true", scope: "global" });
    expect(await refused.json()).toMatchObject({ global: true });
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
