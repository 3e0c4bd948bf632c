import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import type { Playground } from "../src/start.ts";
import { joinBot, openPlayground } from "./bot.ts";
import { openPage } from "./client-page.ts";

function post({ page }: Playground, path: string, body: unknown, headers: Record<string, string> = {}) {
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
  it("begins with all there is to see and goes on with what happens", async () => {
    const playground = await openPlayground();
    const [ketchup, mustard] = [playground.user("ketchup"), playground.user("mustard")];
    const old = ketchup.post("before");
    const page = openPage(playground, mustard.id);
    const ready = (await page.next("READY")).d;
    expect(ready).toMatchObject({
      user: { id: mustard.id },
      guilds: playground.guilds,
      bot: { id: playground.applicationId },
      bot_online: false,
      direct: { id: mustard.dm },
      commands: { [playground.channelId]: [], [mustard.dm]: [] },
      messages: { [playground.channelId]: [{ id: old.id }] },
    });
    expect(ready.users.map(({ username }) => username)).toEqual(["ketchup", "mustard", "relish"]);

    const bot = await joinBot(playground, async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply({ content: "secret", flags: 64 });
    });
    expect((await page.next("BOT_STATUS")).d.online).toBe(true);
    expect((await page.next("COMMANDS_UPDATE")).d).toMatchObject({
      [playground.channelId]: [{ name: "ping" }],
      [mustard.dm]: [{ name: "ping" }],
    });
    await ketchup.command("ping").answer();
    const posted = ketchup.post("after");
    expect((await page.next("MESSAGE_CREATE")).d.id).toBe(posted.id);
    await bot.destroy();
    expect((await page.next("BOT_STATUS")).d.online).toBe(false);
  });

  it("is told nothing more when it is closed", async () => {
    const playground = await openPlayground();
    const page = openPage(playground, "relish");
    await page.next("READY");
    const send = vi.spyOn(WebSocket.prototype, "send");
    onTestFinished(() => send.mockRestore());
    const told = () => {
      send.mockClear();
      playground.user("ketchup").post("hello");
      return send.mock.calls.length;
    };
    expect(told()).toBe(1);
    page.socket.close();
    await expect.poll(told).toBe(0);
  });

  it("invokes commands and hears that they were acknowledged", async () => {
    const playground = await openPlayground();
    await joinBot(playground, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
    const { id } = await playground.waitForCommand("ping");
    const user_id = playground.user("relish").id;
    const page = openPage(playground, user_id);
    await page.next("READY");
    const where = { user_id, channel_id: playground.channelId, locale: "fr", nonce: "n1" };
    const data = { id, name: "ping", type: 1, options: [] };
    const response = await post(playground, "interactions", { ...where, type: 2, data });
    expect(response.status).toBe(204);
    expect((await page.next("INTERACTION_SUCCESS")).d.nonce).toBe("n1");
    expect((await page.next("MESSAGE_CREATE")).d).toMatchObject({ content: "pong" });
  });

  it("presses buttons", async () => {
    const playground = await openPlayground();
    const button = { type: 2, style: 1, label: "Press me", custom_id: "press" } as const;
    await joinBot(playground, async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ components: [{ type: 1, components: [button] }] });
      if (interaction.isButton()) await interaction.update({ content: `by ${interaction.user.username}` });
    });
    const message = await playground.user("ketchup").command("ping").answer();
    const user_id = playground.user("mustard").id;
    const where = { user_id, channel_id: playground.channelId, locale: "en-US", nonce: "n6" };
    const data = { component_type: 2, custom_id: "press" };
    const page = openPage(playground, user_id);
    await page.next("READY");
    await post(playground, "interactions", { ...where, type: 3, message_id: message.id, data });
    expect((await page.next("MESSAGE_UPDATE")).d).toMatchObject({ id: message.id, content: "by mustard" });
    const wrong = { ...where, type: 3, message_id: message.id, data: { ...data, custom_id: "other" } };
    expect((await post(playground, "interactions", wrong)).status).toBe(400);
  });

  it("hears that nobody acknowledged in time", async () => {
    const playground = await openPlayground();
    await (await joinBot(playground)).destroy();
    const { id } = await playground.waitForCommand("ping");
    const user_id = playground.user("relish").id;
    const page = openPage(playground, user_id);
    await page.next("READY");
    const where = { user_id, channel_id: playground.channelId, locale: "fr", nonce: "n2" };
    await post(playground, "interactions", {
      ...where,
      type: 2,
      data: { id, name: "ping", type: 1, options: [] },
    });
    expect((await page.next("INTERACTION_FAILURE")).d.nonce).toBe("n2");
  });

  it("posts messages, and is told in a sentence what is refused", async () => {
    const playground = await openPlayground();
    const { id: user_id } = playground.user("relish");
    const path = `channels/${playground.channelId}/messages`;
    const posted = await post(playground, path, { user_id, content: "hello", nonce: "n3" });
    expect(await posted.json()).toMatchObject({ content: "hello", nonce: "n3", author: { id: user_id } });
    const empty = await post(playground, path, { user_id, content: "", nonce: "n4" });
    expect([empty.status, await empty.json()]).toEqual([400, { message: "Cannot send an empty message" }]);
    const where = { user_id, channel_id: playground.channelId, locale: "fr", nonce: "n5" };
    const data = { id: "1", name: "nope", type: 1, options: [] };
    const unknown = await post(playground, "interactions", { ...where, type: 2, data });
    expect([unknown.status, await unknown.json()]).toEqual([
      400,
      { message: "There is no command /nope. None is registered." },
    ]);
  });

  it("knows people by their names too, and speaks for the first where nobody is named or known", async () => {
    const playground = await openPlayground();
    const nameOf = async (wanted: string) =>
      (await openPage(playground, wanted).next("READY")).d.user.username;
    expect(await nameOf("mustard")).toBe("mustard");
    expect(await nameOf("")).toBe("ketchup");
    expect(await nameOf("somebody")).toBe("ketchup");
  });
});

describe("this machine only", () => {
  it("is served: another Host is refused, over HTTP and WebSocket", async () => {
    const playground = await openPlayground();
    const rebound = { host: "evil.example:80" };
    for (const path of ["/", "/api/v10/gateway", "/client/interactions", "/page/main.ts"]) {
      expect(await status(playground.page, path, rebound)).toBe(403);
    }
    const page = openPage(playground, playground.user("ketchup").id, rebound);
    expect(String((await once(page.socket, "error"))[0])).toContain("403");
    expect(await status(playground.page, "/", { host: `localhost:${new URL(playground.page).port}` })).toBe(
      200,
    );
  });

  it("may use the page's routes: another Origin is refused", async () => {
    const playground = await openPlayground();
    const headers = { origin: "http://evil.example" };
    const body = { user_id: playground.user("relish").id, content: "forged", nonce: "n" };
    const forged = await post(playground, `channels/${playground.channelId}/messages`, body, headers);
    expect(forged.status).toBe(403);
    expect(playground.messages()).toEqual([]);
    const page = openPage(playground, playground.user("ketchup").id, headers);
    expect(String((await once(page.socket, "error"))[0])).toContain("403");
    const own = openPage(playground, playground.user("ketchup").id, {
      origin: new URL(playground.page).origin,
    });
    await own.next("READY");
  });
});

describe("the page's files", () => {
  it("come as the browser wants them", async () => {
    const { page } = await openPlayground();
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

  it("are the page's only: no way leads out of its folder", async () => {
    const { page } = await openPlayground();
    const paths = ["/page/../start.ts", "/page/..%2fstart.ts", "/page/%2e%2e/start.ts", "/page//etc/passwd"];
    for (const path of [...paths, "/page/tsconfig.json", "/vendor/ws.js", "/page/"]) {
      expect(await status(page, path, {})).toBe(404);
    }
  });
});

describe("a taken port", () => {
  it("is refused in a sentence that names it and the way out", async () => {
    const { page } = await openPlayground();
    const port = Number(new URL(page).port);
    await expect(openPlayground({ port })).rejects.toThrow(
      `Port ${port} is taken. Stop what is listening there, or choose another port with PLAYGROUND_PORT.`,
    );
  });
});
