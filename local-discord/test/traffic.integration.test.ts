import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openPlayground } from "./bot.ts";
import { openPage } from "./client-page.ts";

describe("the traffic", () => {
  it("holds what a bot and the local Discord say to each other, in its order", async () => {
    const playground = await openPlayground();
    await joinBot(playground, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
    await playground.user("ketchup").command("ping").answer();
    await expect.poll(() => playground.traffic().at(-1)?.kind).toBe("rest");
    const titles = playground.traffic().map(({ kind, title }) => `${kind} ${title}`);
    expect(titles.map((title) => title.replaceAll(/\d{5,}/g, "<id>"))).toEqual([
      "rest GET /gateway/bot",
      "gateway-out Hello",
      "gateway-in Identify",
      "gateway-out READY",
      "gateway-out GUILD_CREATE",
      "gateway-out GUILD_CREATE",
      "rest PUT /applications/<id>/commands",
      "gateway-out INTERACTION_CREATE",
      "gateway-out MESSAGE_CREATE",
      "rest POST /interactions/<id>/[token]/callback?with_response=false",
    ]);
    const [, , identify, , , , put, , created, callback] = playground.traffic();
    expect(identify?.request).toMatchObject({ op: 2, d: { token: "[token]", intents: 4609 } });
    expect(put).toMatchObject({ status: 200, request: [{ name: "ping" }], response: [{ name: "ping" }] });
    expect(created?.response).toMatchObject({ op: 0, t: "MESSAGE_CREATE", d: { content: "pong" } });
    expect(callback).toMatchObject({ status: 204, request: { type: 4, data: { content: "pong" } } });
    expect(callback).not.toHaveProperty("response");
  });

  it("names files with their sizes, and every refusal, and no token anywhere", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply({ files: [Buffer.from("abc")] });
      if (interaction.isRepliable()) await interaction.followUp("more");
    });
    await playground.user("ketchup").command("ping").answer();
    await playground.waitForMessage(({ content }) => content === "more");
    await expect(bot.rest.get(Routes.channel("1"))).rejects.toThrow("Unknown Channel");
    const kept = playground.traffic();
    expect(kept.find(({ files }) => files)?.files).toEqual([{ name: "file.jpg", size: 3 }]);
    expect(kept.at(-1)).toMatchObject({
      title: "GET /channels/1",
      status: 404,
      response: { message: "Unknown Channel", code: 10003 },
    });
    const text = JSON.stringify(kept);
    expect(text).toContain("/webhooks/");
    expect(text).not.toContain(playground.botToken);
    expect(text).not.toContain(Buffer.from("interaction:").toString("base64url"));
  });

  it("goes to the pages that watch: first what is kept, then what comes", async () => {
    const playground = await openPlayground();
    const bot = await joinBot(playground);
    const page = openPage(playground, "ketchup");
    await page.next("READY");
    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: true } }));
    expect((await page.next("TRAFFIC")).d).toEqual(playground.traffic());
    await bot.rest.get(Routes.user());
    const [entry] = (await page.next("TRAFFIC")).d;
    expect(entry).toMatchObject({ kind: "rest", title: "GET /users/@me", status: 200 });
    expect(entry).not.toHaveProperty("request");

    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: false } }));
    page.socket.send("what is this?");
    await bot.rest.get(Routes.user());
    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: true } }));
    expect((await page.next("TRAFFIC")).d).toEqual(playground.traffic());
  });

  it("is kept of the last 1,000 only", async () => {
    const playground = await openPlayground();
    await joinBot(playground);
    for (let index = 0; index < 1_000; index++) playground.user("ketchup").post(String(index));
    expect(playground.traffic()).toHaveLength(1_000);
    expect(playground.traffic()[0]).toMatchObject({ title: "MESSAGE_CREATE" });
  });
});
