import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";

const bin = join(import.meta.dirname, "../../bin/local-discord.js");

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line until it ends. */
async function localDiscord(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    // Programs of bots find their packages from here.
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "close") as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

/** Runs a bot's program, which is JavaScript of this module system. */
function runProgram(type: "module" | "commonjs", program: string, options: string[] = []): Promise<Ended> {
  return localDiscord(["run", ...options, "--", process.execPath, `--input-type=${type}`, "-e", program]);
}

function temporaryFile(name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "local-discord-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const world = JSON.stringify({
  bot: { name: "helper" },
  people: [{ name: "ann" }],
  guilds: [{ name: "Home", channels: [{ name: "lobby" }] }],
});

describe("local-discord run", () => {
  it("gives a discord.js bot its token, and redirects its API and gateway", async () => {
    const program = `
      const { Client, Events, GatewayIntentBits } = require("discord.js");
      const bot = new Client({ intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent] });
      bot.once(Events.ClientReady, async () => {
        await bot.application.commands.set([{ name: "ping", description: "Says pong" }]);
        const names = [...(await bot.application.commands.fetch()).values()].map(({ name }) => name);
        const [guild] = bot.guilds.cache.values();
        const { GUILD, KEY, DISCORD_PUBLIC_KEY } = process.env;
        const { verify_key: key } = await bot.rest.get("/applications/@me");
        const given = GUILD === guild.id && KEY === key && DISCORD_PUBLIC_KEY === key;
        console.log(JSON.stringify([bot.user.username, guild.name, names, given]));
        await bot.destroy();
        process.exitCode = 7;
      });
      void bot.login();
    `;
    const options = [
      "--world",
      temporaryFile("world.json", world),
      "--intents",
      "all",
      "--env",
      "GUILD=guild",
      "--env",
      "KEY=public-key",
    ];
    const { code, stdout, stderr } = await runProgram("commonjs", program, options);
    expect(stderr).toMatch(/^The local Discord is open at http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(JSON.parse(stdout)).toEqual(["helper", "Home", ["ping"], true]);
    expect(code).toBe(7);
  });

  it("redirects fetch, https, undici, WebSocket and ws, and nothing else", async () => {
    const program = `
      import { get } from "node:https";
      import https from "node:https";
      import { createServer } from "node:http";
      import { once } from "node:events";
      import { text } from "node:stream/consumers";
      import { request } from "undici";
      import { WebSocket as Ws } from "ws";
      const url = "https://discord.com/api/v10/users/@me";
      const headers = { authorization: "Bot " + process.env.DISCORD_TOKEN, host: "discord.com" };
      const { host: _, ...withoutHost } = headers;
      const name = (json) => JSON.parse(json).username;
      const responded = async (asked) => name(await text((await once(asked, "response"))[0]));
      const found = {};
      found.fetch = name(await (await fetch(url, { headers: withoutHost })).text());
      found.undici = name(await (await request(url, { headers: withoutHost })).body.text());
      found.get = await responded(get(url, { headers }));
      const agent = new https.Agent({ keepAlive: true });
      const asked = https.request({ hostname: "discord.com", path: "/api/v10/users/@me", headers, agent });
      asked.end();
      found.https = await responded(asked);
      const gateway = "wss://gateway.discord.gg/?v=10&encoding=json";
      const socket = new WebSocket(gateway);
      found.socket = JSON.parse((await once(socket, "message"))[0].data).op;
      socket.close();
      const ws = new Ws(gateway);
      found.ws = JSON.parse(String((await once(ws, "message"))[0])).op;
      ws.close();
      // As Seyfert does with the address of the gateway that the API returns.
      const { url: address } = await (await fetch("https://discord.com/api/v10/gateway")).json();
      const { hostname, pathname: path } = new URL(address);
      const upgrade = { connection: "Upgrade", upgrade: "websocket" };
      const key = { "sec-websocket-version": "13", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" };
      const tls = get({ hostname, path, headers: { ...upgrade, ...key } });
      const [accepted, raw] = await once(tls, "upgrade");
      found.tls = accepted.statusCode;
      raw.destroy();
      const other = createServer((_, response) => response.end("other")).listen(0, "127.0.0.1");
      await once(other, "listening");
      found.other = await (await fetch("http://127.0.0.1:" + other.address().port)).text();
      other.close();
      other.closeAllConnections();
      console.log(JSON.stringify(found));
    `;
    const { stdout, stderr } = await runProgram("module", program);
    const expected = {
      fetch: "bot",
      undici: "bot",
      get: "bot",
      https: "bot",
      socket: 10,
      ws: 10,
      tls: 101,
      other: "other",
    };
    if (stdout === "") throw new Error(stderr);
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it("says what is wrong, and ends with 1", async () => {
    const missing = await localDiscord(["run", "--", "no-such-program"]);
    expect(missing.stderr).toContain("no-such-program cannot be started. Check that it is installed.");
    expect(missing.code).toBe(1);
    const path = temporaryFile("world.json", '{"people":[]}');
    const badWorld = await localDiscord(["--world", path]);
    expect(badWorld.stderr).toContain(`${path} cannot be used. The world is not valid:`);
    expect(badWorld.code).toBe(1);
    const unknown = await localDiscord(["--fast"]);
    expect(unknown.stderr).toMatch(/^Unknown option '--fast'.*Usage: local-discord/s);
  });

  it("prints its help and its version", async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
      version: string;
    };
    expect((await localDiscord(["--version"])).stdout).toBe(`${version}\n`);
    expect((await localDiscord(["--help"])).stdout).toContain("local-discord run [options] -- COMMAND");
  });
});
