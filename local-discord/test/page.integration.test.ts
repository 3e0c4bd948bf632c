import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import type { LocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

function post({ page }: LocalDiscord, path: string, body: unknown, headers: Record<string, string> = {}) {
  const json = { "content-type": "application/json", ...headers };
  return fetch(`${page}client/${path}`, { method: "POST", headers: json, body: JSON.stringify(body) });
}

function status(page: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL(path, page), { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("the page's connection", () => {
  it("starts with everything that the person sees, without old ephemeral messages, and continues with events", async () => {
    const discord = await openLocalDiscord();
    const [ketchup, mustard] = [discord.user("ketchup"), discord.user("mustard")];
    const old = ketchup.post("before");
    const page = openPage(discord, mustard.id);
    const ready = (await page.next("READY")).d;
    expect(ready).toMatchObject({
      user: { id: mustard.id },
      guilds: discord.guilds.map((guild) => ({
        ...guild,
        channels: guild.channels.map(({ id, name }) => ({ id, name, permissions: expect.any(String) })),
      })),
      bot: { id: discord.applicationId },
      bot_online: false,
      direct: { id: mustard.dm },
      commands: { [discord.channelId]: [], [mustard.dm]: [] },
      messages: { [discord.channelId]: [{ id: old.id }] },
    });
    expect(ready.users.map(({ username }) => username)).toEqual(["ketchup", "mustard", "relish"]);

    const bot = await joinBot(discord, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply({ content: "secret", flags: 64 });
    });
    expect((await page.next("BOT_STATUS")).d.online).toBe(true);
    expect((await page.next("COMMANDS_UPDATE")).d).toMatchObject({
      [discord.channelId]: [{ name: "ping" }],
      [mustard.dm]: [{ name: "ping" }],
    });
    const secret = await ketchup.command("ping").answer();
    const posted = ketchup.post("after");
    expect((await page.next("MESSAGE_CREATE")).d.id).toBe(posted.id);
    await bot.destroy();
    expect((await page.next("BOT_STATUS")).d.online).toBe(false);

    const idsFor = async (opening: string) =>
      (await openPage(discord, opening).next("READY")).d.messages[discord.channelId]?.map(({ id }) => id);
    expect(await idsFor(ketchup.id)).toEqual([old.id, posted.id]);
    expect(await idsFor(`${ketchup.id}&since=${ready.since}`)).toEqual([old.id, secret.id, posted.id]);
    expect(await idsFor(`${mustard.id}&since=${ready.since}`)).toEqual([old.id, posted.id]);
    expect(await idsFor(`${ketchup.id}&since=${posted.id}`)).toEqual([old.id, posted.id]);
    expect(ketchup.messages().map(({ id }) => id)).toEqual([old.id, secret.id, posted.id]);
  });

  it("gets no more events when it is closed", async () => {
    const discord = await openLocalDiscord();
    const page = openPage(discord, "relish");
    await page.next("READY");
    const send = vi.spyOn(WebSocket.prototype, "send");
    onTestFinished(() => send.mockRestore());
    const eventsSent = () => {
      send.mockClear();
      discord.user("ketchup").post("hello");
      return send.mock.calls.length;
    };
    expect(eventsSent()).toBe(1);
    page.socket.close();
    await expect.poll(eventsSent).toBe(0);
  });

  it("invokes commands, and learns that they were acknowledged", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
    const { id } = await discord.waitForCommand("ping");
    const user_id = discord.user("relish").id;
    const page = openPage(discord, user_id);
    await page.next("READY");
    const where = { user_id, channel_id: discord.channelId, locale: "fr", nonce: "n1" };
    const data = { id, name: "ping", type: 1, options: [] };
    const response = await post(discord, "interactions", { ...where, type: 2, data });
    expect(response.status).toBe(204);
    expect((await page.next("INTERACTION_SUCCESS")).d.nonce).toBe("n1");
    expect((await page.next("MESSAGE_CREATE")).d).toMatchObject({ content: "pong" });
  });

  it("presses buttons", async () => {
    const discord = await openLocalDiscord();
    const button = { type: 2, style: 1, label: "Press me", custom_id: "press" } as const;
    await joinBot(discord, async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ components: [{ type: 1, components: [button] }] });
      if (interaction.isButton()) await interaction.update({ content: `by ${interaction.user.username}` });
    });
    const message = await discord.user("ketchup").command("ping").answer();
    const user_id = discord.user("mustard").id;
    const where = { user_id, channel_id: discord.channelId, locale: "en-US", nonce: "n6" };
    const data = { component_type: 2, custom_id: "press" };
    const page = openPage(discord, user_id);
    await page.next("READY");
    await post(discord, "interactions", { ...where, type: 3, message_id: message.id, data });
    expect((await page.next("MESSAGE_UPDATE")).d).toMatchObject({ id: message.id, content: "by mustard" });
    const wrong = { ...where, type: 3, message_id: message.id, data: { ...data, custom_id: "other" } };
    expect((await post(discord, "interactions", wrong)).status).toBe(400);
  });

  it("learns that nobody acknowledged in time", async () => {
    const discord = await openLocalDiscord();
    await (await joinBot(discord)).destroy();
    const { id } = await discord.waitForCommand("ping");
    const user_id = discord.user("relish").id;
    const page = openPage(discord, user_id);
    await page.next("READY");
    const where = { user_id, channel_id: discord.channelId, locale: "fr", nonce: "n2" };
    await post(discord, "interactions", {
      ...where,
      type: 2,
      data: { id, name: "ping", type: 1, options: [] },
    });
    expect((await page.next("INTERACTION_FAILURE")).d.nonce).toBe("n2");
  });

  it("posts messages, and gets an explanation for each refusal", async () => {
    const discord = await openLocalDiscord();
    const { id: user_id } = discord.user("relish");
    const path = `channels/${discord.channelId}/messages`;
    const posted = await post(discord, path, { user_id, content: "hello", nonce: "n3" });
    expect(await posted.json()).toMatchObject({ content: "hello", nonce: "n3", author: { id: user_id } });
    const empty = await post(discord, path, { user_id, content: "", nonce: "n4" });
    expect([empty.status, await empty.json()]).toEqual([400, { message: "Cannot send an empty message" }]);
    const where = { user_id, channel_id: discord.channelId, locale: "fr", nonce: "n5" };
    const data = { id: "1", name: "nope", type: 1, options: [] };
    const unknown = await post(discord, "interactions", { ...where, type: 2, data });
    expect([unknown.status, await unknown.json()]).toEqual([
      400,
      { message: "There is no command /nope. None is registered." },
    ]);
  });

  it("finds people by name too, and shows the first person if the user is missing or unknown", async () => {
    const discord = await openLocalDiscord();
    const nameOf = async (wanted: string) => (await openPage(discord, wanted).next("READY")).d.user.username;
    expect(await nameOf("mustard")).toBe("mustard");
    expect(await nameOf("")).toBe("ketchup");
    expect(await nameOf("somebody")).toBe("ketchup");
  });
});

describe("this machine only", () => {
  it("is served: a foreign Host header is refused, over HTTP and WebSocket", async () => {
    const discord = await openLocalDiscord();
    const rebound = { host: "evil.example:80" };
    for (const path of ["/", "/api/v10/gateway", "/client/interactions", "/page/main.ts"]) {
      expect(await status(discord.page, path, rebound)).toBe(403);
    }
    const page = openPage(discord, discord.user("ketchup").id, rebound);
    expect(String((await once(page.socket, "error"))[0])).toContain("403");
    expect(await status(discord.page, "/", { host: `localhost:${new URL(discord.page).port}` })).toBe(200);
  });

  it("can use the page's routes: a foreign Origin header is refused", async () => {
    const discord = await openLocalDiscord();
    const headers = { origin: "http://evil.example" };
    const body = { user_id: discord.user("relish").id, content: "forged", nonce: "n" };
    const forged = await post(discord, `channels/${discord.channelId}/messages`, body, headers);
    expect(forged.status).toBe(403);
    expect(discord.messages()).toEqual([]);
    const page = openPage(discord, discord.user("ketchup").id, headers);
    expect(String((await once(page.socket, "error"))[0])).toContain("403");
    const own = openPage(discord, discord.user("ketchup").id, {
      origin: new URL(discord.page).origin,
    });
    await own.next("READY");
  });
});

describe("the page's files", () => {
  it("have the content types that browsers need", async () => {
    const { page } = await openLocalDiscord();
    const get = async (path: string) => {
      const response = await fetch(new URL(path, page));
      return { type: response.headers.get("content-type"), text: await response.text() };
    };
    expect(await get("/")).toMatchObject({ type: "text/html; charset=utf-8" });
    const script = await get("/page/main.ts");
    expect(script.type).toContain("text/javascript");
    for (const name of ["preact.js", "preact/hooks.js", "htm.js", "htm/preact.js"]) {
      expect((await get(`/vendor/${name}`)).type).toContain("text/javascript");
    }
    expect((await get(`/avatars/1/ketchup.png`)).type).toBe("image/svg+xml");
  });

  it("are those in its folder: no path leads out of it", async () => {
    const { page } = await openLocalDiscord();
    const paths = ["/page/../start.ts", "/page/..%2fstart.ts", "/page/%2e%2e/start.ts", "/page//etc/passwd"];
    for (const path of [...paths, "/page/tsconfig.json", "/vendor/ws.js", "/page/"]) {
      expect(await status(page, path, {})).toBe(404);
    }
  });
});

describe("a port in use", () => {
  it("is refused with an error that names it and what to do", async () => {
    const { page } = await openLocalDiscord();
    const port = Number(new URL(page).port);
    await expect(openLocalDiscord({ port })).rejects.toThrow(
      `Port ${port} is in use. Stop the program that listens on it, or choose another port with PLAYGROUND_PORT: 0 takes a free one.`,
    );
  });
});
