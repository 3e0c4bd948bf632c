import { Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

describe("the traffic", () => {
  it("has the payloads and requests of a bot in order", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
    await discord.user("ketchup").command("ping").answer();
    const titles = discord.traffic().map(({ kind, title }) => `${kind} ${title}`);
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
    const [, , identify, , , , put, , created, callback] = discord.traffic();
    expect(identify?.request).toMatchObject({ op: 2, d: { token: "[token]", intents: 4609 } });
    expect(put).toMatchObject({ status: 200, request: [{ name: "ping" }], response: [{ name: "ping" }] });
    expect(created?.response).toMatchObject({ op: 0, t: "MESSAGE_CREATE", d: { content: "pong" } });
    expect(callback).toMatchObject({ status: 204, request: { type: 4, data: { content: "pong" } } });
    expect(callback).not.toHaveProperty("response");
  });

  it("has files with their sizes and error responses, and contains no token", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply({ files: [Buffer.from("abc")] });
      if (interaction.isRepliable()) await interaction.followUp("more");
    });
    await discord.user("ketchup").command("ping").answer();
    await discord.waitForMessage(({ content }) => content === "more");
    await expect(bot.rest.get(Routes.channel("1"))).rejects.toThrow("Unknown Channel");
    const kept = discord.traffic();
    expect(kept.find(({ files }) => files)?.files).toEqual([{ name: "file.jpg", size: 3 }]);
    expect(kept.at(-1)).toMatchObject({
      title: "GET /channels/1",
      status: 404,
      response: { message: "Unknown Channel", code: 10003 },
    });
    const text = JSON.stringify(kept);
    expect(text).toContain("/webhooks/");
    expect(text).not.toContain(discord.botToken);
    expect(text).not.toContain(Buffer.from("interaction:").toString("base64url"));
  });

  it("is sent to pages that watch: first the recorded entries, then new ones", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const page = openPage(discord, "ketchup");
    await page.next("READY");
    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: true } }));
    expect((await page.next("TRAFFIC")).d).toEqual(discord.traffic());
    await bot.rest.get(Routes.user());
    const [entry] = (await page.next("TRAFFIC")).d;
    expect(entry).toMatchObject({ kind: "rest", title: "GET /users/@me", status: 200 });
    expect(entry).not.toHaveProperty("request");

    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: false } }));
    page.socket.send("what is this?");
    await bot.rest.get(Routes.user());
    page.socket.send(JSON.stringify({ t: "WATCH_TRAFFIC", d: { on: true } }));
    expect((await page.next("TRAFFIC")).d).toEqual(discord.traffic());
  });

  it("has the last 1,000 entries", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord);
    for (let index = 0; index < 1_000; index++) discord.user("ketchup").post(String(index));
    await expect.poll(() => discord.traffic()).toHaveLength(1_000);
    expect(discord.traffic()[0]).toMatchObject({ title: "MESSAGE_CREATE" });
  });
});
