import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCompose, serviceNamed, variablesIn } from "./read-compose.ts";

const ROOT = join(import.meta.dirname, "../..");

let compose: Awaited<ReturnType<typeof readCompose>>;
/** docs/run/compose.md. */
let page: string;
/** Shell commands of the page, in the order people read them: those of the code blocks, then those of the tables. */
let commands: string[];

beforeAll(async () => {
  compose = await readCompose();
  page = await readFile(join(ROOT, "docs/run/compose.md"), "utf8");
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, text = ""]) =>
    text
      .replaceAll(/\s*\\\n\s*/g, " ")
      .split("\n")
      .filter((line) => line !== ""),
  );
  const table = [...page.matchAll(/^\|.*\|$/gm)].flatMap(([row]) =>
    [...row.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => command),
  );
  commands = [...blocks, ...table];
});

function commandWith(...words: string[]): string {
  const found = commands.filter((command) => words.every((word) => command.includes(word)));
  const [command = "", ...others] = found;
  if (command === "" || others.length > 0)
    throw new Error(`${found.length} commands have ${words.join(" ")}`);
  return command;
}

/** The tag of Redis' image, without its digest. */
function redisImage(): string {
  return serviceNamed("redis", compose).image?.replace(/@.*/, "") ?? "";
}

describe("the page about Docker Compose", () => {
  it("builds the image before it starts anything, and again at an upgrade", () => {
    const first = commands.find((command) => command.startsWith("docker compose"));
    expect(first).toMatch(/^docker compose build\b/);
    // Without "down", Compose 2.40 reconnects Redis to a network that has changed, but not under its name.
    expect(commandWith("git pull")).toBe(
      "git pull && docker compose build && docker compose down && docker compose up -d --wait",
    );
  });

  it("runs services that exist, and uses the caller's user id for folders of the machine", () => {
    const runs = commands.filter((command) => command.includes("docker compose run"));
    const words = /docker compose run --rm (?:--user "\$\(id -u\)" )?(?:-v "\S+" )?(?<name>[\w-]+)/;
    const names = runs.map((command) => words.exec(command)?.groups?.["name"] ?? command);
    const tools = Object.entries(compose.services).filter(([, { profiles }]) => profiles.includes("tools"));
    expect([...new Set(names)].toSorted()).toEqual(tools.map(([name]) => name).toSorted());
    for (const command of runs.filter((text) => text.includes("$PWD")))
      expect(command).toContain('--user "$(id -u)"');
  });

  it("backs up every volume and .env, with the tar of an image that is already there", () => {
    const backup = commandWith("docker run", "tar czf");
    const image = redisImage();
    expect(backup).toContain(` ${image} tar czf - /store /queue /.env > hotdog-bot.tgz`);
    expect(backup).toContain('-v "$PWD/.env:/.env:ro"');
    for (const name of Object.keys(compose.volumes))
      expect(backup).toContain(`-v hotdog-bot_${name}:/${name}:ro`);
    // The backup contains the token and the key of the pseudonyms.
    expect(backup).toContain("umask 077");
  });

  it("restores them into volumes that Compose has created, before anything runs", () => {
    const restore = commandWith("docker run", "tar xzf");
    const image = redisImage();
    expect(restore).toContain(` ${image} tar xzf - -C / store queue < hotdog-bot.tgz`);
    for (const name of Object.keys(compose.volumes))
      expect(restore).toContain(`-v hotdog-bot_${name}:/${name} `);
    const at = commands.indexOf(restore);
    expect(commands.slice(at - 4, at + 2)).toEqual([
      "tar xzf hotdog-bot.tgz .env",
      "docker compose down --volumes",
      "docker compose build",
      "docker compose create",
      restore,
      "docker compose up -d --wait",
    ]);
  });

  it("names every variable of .env that Compose reads", () => {
    const [, settings = ""] = /^## Settings$(.*?)^## /ms.exec(page) ?? [];
    for (const name of variablesIn(compose.text)) expect(settings).toContain(`\`${name}\``);
  });

  it("creates no file or folder that git would add", async () => {
    const ignored = (await readFile(join(ROOT, ".gitignore"), "utf8")).split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".env", "exports/", "pictures/", "hotdog-bot.tgz"]));
  });
});
