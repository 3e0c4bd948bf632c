import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCompose, serviceNamed, variablesIn } from "./read-compose.ts";

const ROOT = join(import.meta.dirname, "../..");

let compose: Awaited<ReturnType<typeof readCompose>>;
/** The section of README.md about Docker Compose. */
let section: string;
/** Its shell commands, in the order people read them: those of the code blocks, then those of the table. */
let commands: string[];

beforeAll(async () => {
  compose = await readCompose();
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  [, section = ""] = /^## On one small machine: Docker Compose$(.*?)^## /ms.exec(readme) ?? [];
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, text = ""]) =>
    text
      .replaceAll(/\s*\\\n\s*/g, " ")
      .split("\n")
      .filter((line) => line !== ""),
  );
  const table = [...section.matchAll(/^\|.*\|$/gm)].flatMap(([row]) =>
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

describe("what README.md says of Docker Compose", () => {
  it("builds the image before it starts anything, and anew at an upgrade", () => {
    const first = commands.find((command) => command.startsWith("docker compose"));
    expect(first).toMatch(/^docker compose build\b/);
    // Without "down", Compose 2.40 reconnects Redis to a network that has changed, but not under its name.
    expect(commandWith("git pull")).toBe(
      "git pull && docker compose build && docker compose down && docker compose up -d --wait",
    );
  });

  it("runs services that are there, and for people's folders as whoever runs it", () => {
    const runs = commands.filter((command) => command.includes("docker compose run"));
    const words = /docker compose run --rm (?:--user "\$\(id -u\)" )?(?:-v "\S+" )?(?<name>[\w-]+)/;
    const names = runs.map((command) => words.exec(command)?.groups?.["name"] ?? command);
    const tools = Object.entries(compose.services).filter(([, { profiles }]) => profiles.includes("tools"));
    expect([...new Set(names)].toSorted()).toEqual(tools.map(([name]) => name).toSorted());
    for (const command of runs.filter((text) => text.includes("$PWD")))
      expect(command).toContain('--user "$(id -u)"');
  });

  it("backs up every volume and .env, by the tar of an image that is there anyway", () => {
    const backup = commandWith("docker run", "tar czf");
    const { image = "" } = serviceNamed("redis", compose);
    expect(backup).toContain(` ${image} tar czf - /store /queue /.env > hotdog-bot.tgz`);
    expect(backup).toContain('-v "$PWD/.env:/.env:ro"');
    for (const name of Object.keys(compose.volumes))
      expect(backup).toContain(`-v hotdog-bot_${name}:/${name}:ro`);
    // It holds the token and the key of the pseudonyms.
    expect(backup).toContain("umask 077");
  });

  it("restores them into volumes that Compose has made, before anything runs", () => {
    const restore = commandWith("docker run", "tar xzf");
    const { image = "" } = serviceNamed("redis", compose);
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

  it("names every variable of .env that Compose takes", () => {
    const [, sentence = ""] = /Of `\.env`(.*?) for runs without Docker\./s.exec(section) ?? [];
    for (const name of variablesIn(compose.text)) expect(sentence).toContain(`\`${name}\``);
  });

  it("makes no file or folder that git would take", async () => {
    const ignored = (await readFile(join(ROOT, ".gitignore"), "utf8")).split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".env", "exports/", "pictures/", "hotdog-bot.tgz"]));
  });
});
