import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { constants, createInflate, createZstdDecompress } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { LocalDiscord } from "../src/start.ts";
import { openLocalDiscord } from "./bot.ts";

interface Payload {
  op: number;
  t: string | null;
  s: number | null;
  d: { session_id?: string; content?: string };
}

/** Opens a WebSocket; its binary messages are decompressed with one context. */
function open({ cdn }: LocalDiscord, address: string, decompressor?: NodeJS.ReadWriteStream) {
  const socket = new WebSocket(cdn.replace("http", "ws") + address);
  onTestFinished(() => socket.terminate());
  const messages: { data: Buffer; isBinary: boolean }[] = [];
  socket.on("message", (data: Buffer, isBinary) => messages.push({ data, isBinary }));
  const closed = once(socket, "close").then(([code, reason]) => `${Number(code)} ${String(reason)}`);

  async function message() {
    while (messages.length === 0) await once(socket, "message");
    return messages.shift() as { data: Buffer; isBinary: boolean };
  }
  async function next(): Promise<Payload> {
    const { data } = await message();
    if (!decompressor) return JSON.parse(String(data)) as Payload;
    decompressor.write(data);
    let text = "";
    for (;;) {
      const part = decompressor.read();
      if (part === null) await once(decompressor, "readable");
      text += String(part ?? "");
      if (isJson(text)) return JSON.parse(text) as Payload;
    }
  }
  return {
    socket,
    closed,
    message,
    next,
    say: (op: number, d: object) => socket.send(JSON.stringify({ op, d })),
  };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

const intents = 1 << 9;

describe("the gateway, for any library,", () => {
  it("takes a token with Bot before it, to identify and to resume", async () => {
    const discord = await openLocalDiscord();
    const token = `Bot ${discord.botToken}`;
    const first = open(discord, "/gateway?v=10&encoding=json");
    await first.next();
    first.say(2, { token, intents, properties: {} });
    const { t, s: seq, d } = await first.next();
    expect(t).toBe("READY");
    first.socket.terminate();
    const second = open(discord, "/gateway?v=10&encoding=json");
    await second.next();
    second.say(6, { token, session_id: d.session_id, seq });
    expect(await second.next()).toMatchObject({ t: "RESUMED" });
    expect(JSON.stringify(discord.traffic())).not.toContain(discord.botToken);
  });

  it.each(["/gateway", "/gateway/?v=10", "/", "/?v=9&encoding=json"])("is at %s", async (address) => {
    const discord = await openLocalDiscord();
    expect(await open(discord, address).next()).toMatchObject({ op: 10 });
  });

  it("does not send Hello together with the response to the handshake", async () => {
    const discord = await openLocalDiscord();
    const beginning = [
      "GET /gateway HTTP/1.1",
      `Host: ${new URL(discord.cdn).host}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ];
    async function firstChunk(): Promise<string> {
      const socket = connectTcp(Number(new URL(discord.cdn).port), "127.0.0.1");
      onTestFinished(() => void socket.destroy());
      socket.write(`${beginning.join("\r\n")}\r\n\r\n`);
      return String((await once(socket, "data"))[0]);
    }
    // A busy machine reads two segments at once, but not each time.
    const chunks = await Promise.all(Array.from({ length: 20 }, firstChunk));
    expect(chunks.filter((chunk) => chunk.endsWith("\r\n\r\n"))).not.toEqual([]);
  });

  it("sends Hello first to a bot that identifies at once", async () => {
    const discord = await openLocalDiscord();
    const bot = open(discord, "/gateway");
    await once(bot.socket, "open");
    bot.say(2, { token: discord.botToken, intents, properties: {} });
    expect([await bot.next(), await bot.next()]).toMatchObject([{ op: 10 }, { t: "READY" }]);
  });

  it("compresses with zlib: one binary message a payload, one context a connection", async () => {
    const discord = await openLocalDiscord();
    const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
    const bot = open(discord, "/gateway?v=10&encoding=json&compress=zlib-stream", inflate);
    expect(await bot.next()).toMatchObject({ op: 10 });
    bot.say(2, { token: discord.botToken, intents, properties: {} });
    expect(await bot.next()).toMatchObject({ t: "READY" });
    // Random bytes, which do not shrink, and more of them than one chunk of a stream has.
    const long = Array.from({ length: 300 }, (_, line) => `${line} ${crypto.randomUUID()}`);
    discord.gateway.send({ op: 0, t: "LONG", d: { long } });
    expect(await bot.next()).toMatchObject({ t: "LONG", d: { long } });
    for (let order = 0; order < 20; order += 1) discord.gateway.send({ op: 0, d: { order } });
    for (let order = 0; order < 20; order += 1) expect(await bot.next()).toMatchObject({ d: { order } });
    discord.user("relish").post("the last one");
    const { data, isBinary } = await bot.message();
    expect(isBinary).toBe(true);
    expect(data.subarray(-4)).toEqual(Buffer.from([0, 0, 0xff, 0xff]));
  });

  it("compresses with Zstandard", async () => {
    const discord = await openLocalDiscord();
    const bot = open(discord, "/?v=10&encoding=json&compress=zstd-stream", createZstdDecompress());
    expect(await bot.next()).toMatchObject({ op: 10 });
    bot.say(2, { token: discord.botToken, intents, properties: {} });
    expect(await bot.next()).toMatchObject({ t: "READY" });
    discord.user("relish").post("hello");
    expect(await bot.next()).toMatchObject({ t: "MESSAGE_CREATE" });
  });

  it("sends what is compressed before it closes", async () => {
    const discord = await openLocalDiscord();
    const bot = open(discord, "/?compress=zlib-stream", createInflate());
    await bot.next();
    bot.say(2, { token: discord.botToken, intents, properties: {} });
    await bot.next();
    discord.user("relish").post("hello");
    discord.gateway.disconnect(4000);
    expect(await bot.next()).toMatchObject({ t: "MESSAGE_CREATE" });
    expect(await bot.closed).toBe("4000 ");
  });

  it("refuses the encoding ETF by name", async () => {
    const discord = await openLocalDiscord();
    const refused = "4002 The local Discord does not have the encoding ETF. Use JSON.";
    expect(await open(discord, "/?v=10&encoding=etf").closed).toBe(refused);
    expect(discord.notBuilt()).toEqual([
      "The local Discord does not have the encoding ETF, which the bot used: the gateway with encoding=etf.",
    ]);
  });
});

describe("the API, for any library,", () => {
  it.each(["/api/v10", "/api/v9", "/api"])("is at %s", async (address) => {
    const discord = await openLocalDiscord();
    const headers = { authorization: `Bot ${discord.botToken}` };
    const response = await fetch(`${discord.cdn}${address}/users/@me`, { headers });
    expect(await response.json()).toMatchObject({ id: discord.applicationId });
    expect(discord.traffic()).toMatchObject([{ title: "GET /users/@me", status: 200 }]);
  });

  it("gives the address of the gateway without a token", async () => {
    const discord = await openLocalDiscord();
    const response = await fetch(`${discord.api}/v10/gateway`);
    expect(await response.json()).toEqual({ url: `${discord.cdn.replace("http", "ws")}/gateway` });
  });

  it("does not have other versions", async () => {
    const discord = await openLocalDiscord();
    const headers = { authorization: `Bot ${discord.botToken}` };
    expect((await fetch(`${discord.cdn}/api/v8/users/@me`, { headers })).status).toBe(404);
    expect(discord.notBuilt()).toHaveLength(1);
  });

  it("has the application also under its older name", async () => {
    const discord = await openLocalDiscord();
    const headers = { authorization: `Bot ${discord.botToken}` };
    const response = await fetch(`${discord.api}/v10/oauth2/applications/@me`, { headers });
    expect(await response.json()).toMatchObject({
      id: discord.applicationId,
      owner: { username: "ketchup" },
    });
  });

  it("takes ids as numbers", async () => {
    const discord = await openLocalDiscord();
    const headers = { authorization: `Bot ${discord.botToken}`, "content-type": "application/json" };
    const body = `{"recipient_id": ${discord.user("relish").id}}`;
    const response = await fetch(`${discord.api}/v10/users/@me/channels`, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ recipients: [{ username: "relish" }] });
  });

  it("gives people avatars whose hashes libraries can parse", async () => {
    const discord = await openLocalDiscord();
    const headers = { authorization: `Bot ${discord.botToken}` };
    const { id } = discord.user("mustard");
    const { avatar } = (await (await fetch(`${discord.api}/users/${id}`, { headers })).json()) as Avatar;
    expect(avatar).toMatch(/^[0-9a-f]{32}$/);
    const picture = await (await fetch(`${discord.cdn}/avatars/${id}/${avatar}.png`)).text();
    expect(picture).toContain('fill="#e0a526"');
  });
});

interface Avatar {
  avatar: string;
}
