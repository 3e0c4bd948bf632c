import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { LocalDiscord } from "../src/start.ts";
import { openLocalDiscord } from "./bot.ts";
import { openPage } from "./client-page.ts";

interface Received {
  op: number;
  t: string | null;
  s: number | null;
  d: { session_id?: string; resume_gateway_url?: string; content?: string } | boolean | null;
}

/** Connects to the gateway with a plain WebSocket, which queues the payloads it receives. */
function connect({ api }: LocalDiscord) {
  const address = `${api.replace("http", "ws").replace("/api", "/gateway")}?v=10&encoding=json`;
  const socket = new WebSocket(address);
  onTestFinished(() => socket.terminate());
  const received: Received[] = [];
  const reason = once(socket, "close").then(([code, text]) => `${Number(code)} ${String(text)}`);
  const closed = reason.then(parseFloat);
  socket.on("message", (data: Buffer) => received.push(JSON.parse(data.toString()) as Received));
  return {
    socket,
    closed,
    /** Resolves with the close code and reason. */
    reason,
    async next(): Promise<Received> {
      for (;;) {
        const first = received.shift();
        if (first) return first;
        await once(socket, "message");
      }
    },
    /** Sends a payload as soon as the connection is open. */
    async say(op: number, d: unknown): Promise<void> {
      if (socket.readyState === WebSocket.CONNECTING) await once(socket, "open");
      socket.send(JSON.stringify({ op, d }));
    },
  };
}

const guildMessages = 1 << 9;

function identification({ botToken: token }: LocalDiscord, changes: object = {}) {
  return { token, intents: guildMessages, properties: {}, ...changes };
}

/** Logs in a bot with a plain WebSocket, and waits for READY. */
async function logIn(discord: LocalDiscord) {
  const connection = connect(discord);
  await connection.say(2, identification(discord));
  await connection.next();
  const ready = await connection.next();
  const session_id = typeof ready.d === "object" ? ready.d?.session_id : undefined;
  return { ...connection, resumption: { token: discord.botToken, session_id, seq: ready.s } };
}

async function isOnline(discord: LocalDiscord): Promise<boolean> {
  return (await openPage(discord, "relish").next("READY")).d.bot_online;
}

/** Sends a payload on a new connection; resolves with the close code. */
async function codeAfter(discord: LocalDiscord, op: number, d: unknown): Promise<number> {
  const connection = connect(discord);
  await connection.say(op, d);
  return connection.closed;
}

describe("a connection to the gateway", () => {
  it("receives Hello, and has its heartbeats acknowledged", async () => {
    const connection = connect(await openLocalDiscord());
    expect(await connection.next()).toMatchObject({
      op: 10,
      d: { heartbeat_interval: 41_250 },
      s: null,
      t: null,
    });
    await connection.say(1, null);
    expect(await connection.next()).toMatchObject({ op: 11 });
  });

  it("is closed with 4009 when it misses heartbeats, and its session ends", async () => {
    const discord = await openLocalDiscord({ heartbeatInterval: 500 });
    const alive = await logIn(discord);
    const beating = setInterval(() => void alive.say(1, null), 100);
    onTestFinished(() => clearInterval(beating));
    const silent = await logIn(discord);
    expect(await silent.closed).toBe(4009);
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
    const again = connect(discord);
    await again.next();
    await again.say(6, silent.resumption);
    expect(await again.next()).toMatchObject({ op: 9, d: false });
  });

  it("is closed with a reason that names an unknown opcode; the traffic has both", async () => {
    const discord = await openLocalDiscord();
    const asking = await logIn(discord);
    await asking.say(99, { token: discord.botToken });
    const reason = "The local Discord does not serve opcode 99.";
    expect(await asking.reason).toBe(`4001 ${reason}`);
    expect(discord.traffic().slice(-2)).toMatchObject([
      { kind: "gateway-in", title: "99", request: { op: 99, d: { token: "[token]" } } },
      { kind: "gateway-out", title: "Close 4001", response: { code: 4001, reason } },
    ]);
    const babbling = await logIn(discord);
    babbling.socket.send("no JSON");
    expect(await babbling.closed).toBe(4002);
    expect(discord.traffic().slice(-2)).toMatchObject([
      { kind: "gateway-in", title: "Unreadable", request: "7 characters" },
      { kind: "gateway-out", title: "Close 4002" },
    ]);
    await codeAfter(discord, 2, identification(discord, { intents: 1 << 15 }));
    expect(discord.traffic().at(-1)).toMatchObject({
      title: "Close 4014",
      response: { code: 4014, reason: "DisallowedIntents" },
    });
  });

  it("is in the traffic only if it sends the bot's token", async () => {
    const discord = await openLocalDiscord();
    await codeAfter(discord, 2, identification(discord, { token: "wrong" }));
    await codeAfter(discord, 6, { token: "wrong", session_id: "", seq: 1 });
    await codeAfter(discord, 8, {});
    await codeAfter(discord, 3, {});
    const babbling = connect(discord);
    await babbling.next();
    // Sent at once, so that later ones arrive while the connection is closing.
    for (let index = 0; index < 100; index += 1) babbling.socket.send("no JSON");
    expect(await babbling.closed).toBe(4002);
    expect(discord.traffic()).toEqual([]);
    await logIn(discord);
    expect(discord.traffic().map(({ title }) => title)).toEqual(["Hello", "Identify", "READY"]);
  });

  it("is closed with 4002 for a payload of more than 4,096 bytes, and terminated for a much larger one", async () => {
    const discord = await openLocalDiscord();
    const sized = (bytes: number): string => {
      const text = JSON.stringify({ op: 2, d: identification(discord, { properties: { os: "" } }) });
      return text.replace('"os":""', `"os":"${"x".repeat(bytes - text.length)}"`);
    };
    const fitting = connect(discord);
    await fitting.next();
    fitting.socket.send(sized(4_096));
    expect(await fitting.next()).toMatchObject({ t: "READY" });
    const large = connect(discord);
    await large.next();
    large.socket.send(sized(4_097));
    expect(await large.reason).toBe("4002 A payload has at most 4096 bytes.");
    const huge = connect(discord);
    await huge.next();
    huge.socket.on("error", () => {});
    huge.socket.send("x".repeat(1024 * 1024));
    expect(await huge.closed).not.toBe(4002);
    expect(discord.traffic().map(({ title }) => title)).toEqual(["Hello", "Identify", "READY"]);
  });

  it("is closed with the code of the error", async () => {
    const discord = await openLocalDiscord();
    const identify = (changes: object) => codeAfter(discord, 2, identification(discord, changes));
    expect(await codeAfter(discord, 99, {}), "unknown opcode").toBe(4001);
    expect(await codeAfter(discord, 2, {}), "decode error").toBe(4002);
    expect(await codeAfter(discord, 3, {}), "not authenticated").toBe(4003);
    expect(await identify({ token: "wrong" }), "authentication failed").toBe(4004);
    expect(await codeAfter(discord, 6, { token: "wrong", session_id: "", seq: 1 })).toBe(4004);
    expect(await identify({ shard: [2, 2] }), "invalid shard").toBe(4010);
    expect(await identify({ intents: 1 << 30 }), "invalid intents").toBe(4013);
    expect(await identify({ intents: 1 << 15 }), "disallowed intents").toBe(4014);
    const twice = await logIn(discord);
    await twice.say(2, identification(discord));
    expect(await twice.closed, "already authenticated").toBe(4005);
  });
});

describe("a session", () => {
  it("is resumed on another connection, with all missed events", async () => {
    const discord = await openLocalDiscord();
    const before = await logIn(discord);
    before.socket.terminate();
    await before.closed;
    const mention = `<@${discord.applicationId}>`;
    for (const name of ["ketchup", "relish"] as const) discord.user(name).post(`${name} ${mention}`);
    const after = connect(discord);
    await after.next();
    await after.say(6, before.resumption);
    const seq = before.resumption.seq ?? 0;
    expect([await after.next(), await after.next(), await after.next()]).toMatchObject([
      { op: 0, t: "MESSAGE_CREATE", s: seq + 1, d: { content: `ketchup ${mention}` } },
      { op: 0, t: "MESSAGE_CREATE", s: seq + 2, d: { content: `relish ${mention}` } },
      { op: 0, t: "RESUMED", s: seq + 3 },
    ]);
    discord.user("mustard").post(mention);
    expect(await after.next()).toMatchObject({ t: "MESSAGE_CREATE", s: seq + 4 });
  });

  it("is resumed with 1,000 missed events", async () => {
    const discord = await openLocalDiscord();
    const before = await logIn(discord);
    before.socket.terminate();
    await expect.poll(() => isOnline(discord)).toBe(false);
    for (let post = 0; post < 1_000; post++) discord.user("relish").post("hello");
    const after = connect(discord);
    await after.next();
    await after.say(6, before.resumption);
    for (let event = 0; event < 1_000; event++) expect((await after.next()).t).toBe("MESSAGE_CREATE");
    expect((await after.next()).t).toBe("RESUMED");
  });

  it("can be resumed for 5 minutes after the last disconnect, not after an earlier one", async () => {
    const discord = await openLocalDiscord();
    const lose = async ({ socket }: ReturnType<typeof connect>) => {
      socket.terminate();
      await expect.poll(() => isOnline(discord)).toBe(false);
      discord.advance(4 * 60_000);
    };
    const first = await logIn(discord);
    await lose(first);
    const second = connect(discord);
    await second.next();
    await second.say(6, first.resumption);
    const { s: seq } = await second.next();
    await lose(second);
    const third = connect(discord);
    await third.next();
    await third.say(6, { ...first.resumption, seq });
    expect(await third.next()).toMatchObject({ t: "RESUMED" });
    discord.advance(2 * 60_000);
    expect(await isOnline(discord)).toBe(true);
  });

  it("that is resumed elsewhere closes its former connection", async () => {
    const discord = await openLocalDiscord();
    const before = await logIn(discord);
    const after = connect(discord);
    await after.next();
    await after.say(6, before.resumption);
    expect(await after.next()).toMatchObject({ t: "RESUMED" });
    expect(await before.reason).toBe("4000 The session was resumed on another connection.");
    expect(await isOnline(discord)).toBe(true);
  });

  it("is not resumed with a later sequence number than it has: 4007", async () => {
    const discord = await openLocalDiscord();
    const { resumption } = await logIn(discord);
    expect(await codeAfter(discord, 6, { ...resumption, seq: 1_000 })).toBe(4007);
  });

  it.each([
    ["is unknown", { resumption: { session_id: "unknown" } }],
    ["the bot closed itself", { close: 1000 }],
    ["was left for more than 5 minutes", { advance: 5 * 60_000 }],
    ["missed more than 1,000 events", { posts: 1_001 }],
  ])(
    "that %s is invalid, and the bot identifies again",
    async (_, { resumption, close, advance, posts }: Ending) => {
      const discord = await openLocalDiscord();
      const before = await logIn(discord);
      if (close) before.socket.close(close);
      else before.socket.terminate();
      await expect.poll(() => isOnline(discord)).toBe(false);
      for (let post = 0; post < (posts ?? 0); post++) discord.user("relish").post("hello");
      discord.advance(advance ?? 0);
      const after = connect(discord);
      await after.next();
      await after.say(6, { ...before.resumption, ...resumption });
      expect(await after.next()).toMatchObject({ op: 9, d: false });
      await after.say(2, identification(discord));
      expect(await after.next()).toMatchObject({ t: "READY", s: 1 });
    },
  );
});

interface Ending {
  resumption?: object;
  close?: number;
  advance?: number;
  posts?: number;
}
