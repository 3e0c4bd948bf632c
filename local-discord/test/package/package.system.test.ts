import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

const execute = promisify(execFile);
const installed = dirname(dirname(fileURLToPath(import.meta.resolve("vitest/package.json"))));
/** A project outside the repository. */
let project: string;
/** The package in it. */
let unpacked: string;

/** Packs the workspace as for publishing, and unpacks it with links to its dependencies, and to what a user's tests need. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "local-discord-"));
  const modules = join(project, "node_modules");
  unpacked = join(modules, "local-discord");
  for (const folder of [unpacked, join(modules, "@types"), join(modules, "@hono")])
    mkdirSync(folder, { recursive: true });
  const npm = process.env["npm_execpath"] ?? "npm";
  const pack = ["pack", "--json", "--pack-destination", project];
  const [command, args] = /\.c?js$/.test(npm) ? [process.execPath, [npm, ...pack]] : [npm, pack];
  await execute(command, args, { cwd: join(import.meta.dirname, "../..") });
  const archive = readdirSync(project).find((name) => name.endsWith(".tgz")) ?? "";
  await execute("tar", ["-xzf", archive, "--strip-components=1", "-C", unpacked], { cwd: project });
  for (const name of [...Object.keys(packageJson.dependencies), "discord.js", "vitest", "@types/node"]) {
    symlinkSync(join(installed, name), join(modules, name));
  }
  return () => rmSync(project, { recursive: true });
}, 300_000);

/** Runs a program in the project with plain Node, and returns what it prints. */
async function run(name: string, program: string, ...before: string[]): Promise<string> {
  writeFileSync(join(project, name), program);
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout } = await execute(process.execPath, [...before, name], { cwd: project, env });
  return stdout;
}

const bot = `
  import { Client, Events, GatewayIntentBits } from "discord.js";
  export async function startBot(options, token) {
    const bot = new Client({ intents: [GatewayIntentBits.Guilds], ...options });
    bot.on(Events.InteractionCreate, (interaction) => interaction.isChatInputCommand() && interaction.reply("pong"));
    const ready = new Promise((resolve) => bot.once(Events.ClientReady, resolve));
    await bot.login(token);
    await ready;
    await bot.application.commands.set([{ name: "ping", description: "Says pong" }]);
    return bot;
  }
`;

describe("the published package", () => {
  it("has JavaScript, types and the page, but no sources and no tests", () => {
    expect(readdirSync(unpacked).toSorted()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "bin",
      "dist",
      "package.json",
    ]);
    const files = readdirSync(join(unpacked, "dist"), { recursive: true }).map(String);
    expect(files.filter((name) => /(?<!\.d)\.ts$/.test(name))).toEqual([]);
    expect(files).toContain(join("src", "vitest.d.ts"));
    expect(JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"))).not.toHaveProperty("private");
  });

  it("runs a discord.js bot, and every module of the page loads", async () => {
    writeFileSync(join(project, "bot.mjs"), bot);
    const output = await run(
      "use.mjs",
      `
      import { startLocalDiscord } from "local-discord";
      import { startBot } from "./bot.mjs";
      await using discord = await startLocalDiscord({ seed: 1 });
      const bot = await startBot({ rest: { api: discord.api } }, discord.botToken);
      const { content } = await discord.user("relish").command("ping").answer();
      await bot.destroy();
      const get = async (path) => {
        const response = await fetch(new URL(path, discord.page));
        if (!response.ok) throw new Error(path + " " + response.status);
        return response.text();
      };
      const html = await get("/");
      const styles = [...html.matchAll(/href="(\\/page[^"]+)"/g)].map(([, path]) => path);
      for (const path of styles) await get(path);
      const seen = new Set(["/page/main.js"]);
      for (const path of seen) {
        for (const [, to] of (await get(path)).matchAll(/from "(\\.[^"]+)"/g))
          seen.add(new URL(to, new URL(path, discord.page)).pathname);
      }
      await get("/vendor/preact.js");
      console.log(JSON.stringify({ content, started: html.includes('"/page/main.js"'), styles: styles.length, modules: seen.size }));
      `,
    );
    const { content, started, styles, modules } = JSON.parse(output) as Record<string, unknown>;
    expect({ content, started }).toEqual({ content: "pong", started: true });
    expect(styles).toBeGreaterThan(10);
    expect(modules).toBeGreaterThan(100);
  });

  it("redirects a bot that knows nothing of it", async () => {
    const program = `
      import { startBot } from "./bot.mjs";
      const bot = await startBot({});
      console.log([...bot.guilds.cache.values()].map(({ name }) => name).join());
      await bot.destroy();
    `;
    writeFileSync(join(project, "bot.mjs"), bot);
    const cli = join(unpacked, "bin/local-discord.js");
    expect(await run("unchanged.mjs", program, cli, "run", "--", process.execPath)).toBe(
      "Local Guild,Another Guild\n",
    );
    expect(await run("unused.mjs", "", cli, "--version")).toBe(`${packageJson.version}\n`);
  });

  it("has types that a strict project can use", async () => {
    const source = `
      import { startLocalDiscord, type LocalDiscord, type WorldDescription } from "local-discord";
      import { test } from "local-discord/vitest";
      const world: WorldDescription = { people: [{ name: "ann" }], guilds: [{ name: "Home", channels: [{ name: "a" }] }] };
      const discord: LocalDiscord = await startLocalDiscord({ world });
      const content: string = (await discord.user("ann").command("ping").answer()).content;
      test(content, async ({ discord }) => discord.waitForBot());
      // @ts-expect-error a port is a number
      await startLocalDiscord({ port: "8080" });
    `;
    writeFileSync(join(project, "use.mts"), source);
    const tsc = join(installed, "typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2025"];
    const checked = execute(process.execPath, [tsc, ...options, "use.mts"], { cwd: project });
    await expect(checked.catch(({ stdout }: { stdout: string }) => stdout)).resolves.toMatchObject({
      stdout: "",
    });
  });
});
