import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { channelRateLimit, globalRateLimit } from "../src/rest/rate-limits.ts";

/** 2026-01-01. */
const START_MS = 1_767_225_600_000;

/** An application with one limit, and a clock that stands still. */
function limited(limit: typeof globalRateLimit) {
  const clock = { ms: START_MS };
  const app = new Hono().use(limit({ now: () => clock.ms })).all("*", (c) => c.body(null));
  const send = async (method: string, route: string) => app.request(`/api/v10${route}`, { method });
  return { clock, send };
}

function limitsIn({ headers }: Response) {
  const {
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-bucket": bucket,
  } = Object.fromEntries(headers);
  return { limit, remaining, bucket };
}

describe("the rate limit of a channel's route", () => {
  it("allows 5 requests in 5 s, says so in headers, and then answers 429 with the seconds to wait", async () => {
    const { clock, send } = limited(channelRateLimit);
    const post = () => send("POST", "/channels/1/messages");
    for (const remaining of ["4", "3", "2", "1", "0"])
      expect(limitsIn(await post())).toEqual({ limit: "5", remaining, bucket: "channel-POST-messages" });
    clock.ms += 1_500;
    const refused = await post();
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      "x-ratelimit-scope": "user",
      "retry-after": "4",
      "x-ratelimit-reset-after": "3.500",
      "x-ratelimit-reset": (START_MS / 1_000 + 5).toFixed(3),
    });
    const message = "You are being rate limited.";
    expect(await refused.json()).toEqual({ message, retry_after: 3.5, global: false });

    clock.ms += 3_499;
    expect((await post()).status).toBe(429);
    clock.ms += 1;
    expect((await post()).status).toBe(200);
  });

  it("counts each channel and each of its routes separately", async () => {
    const { send } = limited(channelRateLimit);
    const statuses = async (method: string, channel: string) =>
      (await send(method, `/channels/${channel}/messages`)).status;
    for (let sent = 0; sent < 5; sent++) expect(await statuses("POST", "1")).toBe(200);
    expect(await statuses("POST", "1")).toBe(429);
    expect(await statuses("POST", "2")).toBe(200);
    expect(await statuses("GET", "1")).toBe(200);
  });
});

describe("the global rate limit", () => {
  it("allows 50 requests per second", async () => {
    const { clock, send } = limited(globalRateLimit);
    const ask = () => send("GET", "/users/@me");
    for (let asked = 0; asked < 50; asked++) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    const { "x-ratelimit-global": global, "x-ratelimit-scope": scope } = Object.fromEntries(refused.headers);
    expect({ global, scope }).toEqual({ global: "true", scope: "global" });
    expect(await refused.json()).toMatchObject({ global: true });
    clock.ms += 1_000;
    expect((await ask()).status).toBe(200);
  });
});
