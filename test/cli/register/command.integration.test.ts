import { REST, Routes, type APIApplicationCommand } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../../local-discord/src/start.ts";
import { commands } from "../../../src/commands/index.ts";
import { registerCommand, runRegister } from "../../../src/cli/register/command.ts";
import { parsed } from "../parse.ts";
import { StartError } from "../../../src/platform/start-error.ts";

const NAMES = [
  "/stats",
  "/hotdog",
  "/round",
  "/label",
  "/me",
  "/upload",
  "/progress",
  "/labelers",
  "/export",
  "/project",
  "/my-data",
  "/forget-me",
  "/help",
  "Add to image set",
  "Remove from image set",
  "Set gold answer",
];

let discord: LocalDiscord;

beforeEach(async () => {
  discord = await startLocalDiscord({ port: 0 });
});

afterEach(() => discord.close());

/** Does in this process what `npm run register` does, and returns the lines it prints. */
async function register(
  args: string[] = [],
  { token = discord.botToken, api = discord.api } = {},
): Promise<string[]> {
  let output = "";
  await runRegister(parsed(registerCommand, args), {
    token,
    api,
    out: { write: (text) => (output += text) },
  });
  return output.trimEnd().split("\n");
}

const allCommands = (what: string): string[] => NAMES.map((name) => `${what.padEnd(9)}  ${name}`);

const rest = (): REST => new REST({ api: discord.api }).setToken(discord.botToken);

async function commandsOn(route: `/${string}`): Promise<APIApplicationCommand[]> {
  return (await rest().get(route)) as APIApplicationCommand[];
}

describe("publishing the commands", () => {
  it("reports each command as created, and as unchanged the next time", async () => {
    expect(await register()).toEqual(allCommands("created"));
    expect(await register()).toEqual(allCommands("unchanged"));
  });

  it("reports updated and removed commands", async () => {
    await register();
    const route = Routes.applicationCommands(discord.applicationId);
    const [stats] = await commandsOn(route);
    await rest().patch(`${route}/${stats?.id}`, { body: { description: "Of another version" } });
    await rest().post(route, { body: { name: "old", description: "Of another version" } });
    expect(await register()).toEqual([
      "updated    /stats",
      ...allCommands("unchanged").slice(1),
      "removed    /old",
    ]);
  });

  it("publishes for one server, and removes only what was published there", async () => {
    const [{ id } = { id: "none" }] = discord.guilds;
    await register();
    expect(await register(["--guild", id])).toEqual(allCommands("created"));
    // Discord accepts contexts and integration types only for global commands.
    const here = await commandsOn(Routes.applicationGuildCommands(discord.applicationId, id));
    expect(here.filter(({ contexts, integration_types: types }) => contexts ?? types)).toEqual([]);
    expect(await register(["--guild", id, "--remove"])).toEqual(allCommands("removed"));
    expect(await register(["--guild", id, "--remove"])).toEqual(["There are no commands."]);
    expect(await commandsOn(Routes.applicationCommands(discord.applicationId))).toHaveLength(NAMES.length);
  });

  it("offers /stats and /help everywhere, and the others only in the bot's servers and direct messages", async () => {
    await register();
    const published = await commandsOn(Routes.applicationCommands(discord.applicationId));
    const places = published.map(({ name, contexts, integration_types: types }) => [name, contexts, types]);
    expect(places).toEqual([
      ["stats", [0, 1, 2], [0, 1]],
      ["hotdog", [0, 1], [0]],
      ["round", [0, 1], [0]],
      ["label", [0, 1], [0]],
      ["me", [0, 1], [0]],
      ["upload", [0, 1], [0]],
      ["progress", [0, 1], [0]],
      ["labelers", [0, 1], [0]],
      ["export", [0, 1], [0]],
      ["project", [0], [0]],
      ["my-data", [0, 1], [0]],
      ["forget-me", [0, 1], [0]],
      ["help", [0, 1, 2], [0, 1]],
      ["Add to image set", [0, 1], [0]],
      ["Remove from image set", [0], [0]],
      ["Set gold answer", [0], [0]],
    ]);
  });

  it("has at most 15 commands in the menu of a message, as many as Discord allows", () => {
    expect(commands.message.length).toBeLessThanOrEqual(15);
  });

  it.each([
    [
      ["--guild", "123"],
      {},
      /^The bot is in no server with the id 123 \(.*\)\. Add it there, or check the id\.$/,
    ],
    [
      [],
      { token: "a.wrong.token" },
      /^Discord does not accept the token in DISCORD_TOKEN\. Make a new one: /,
    ],
    [
      [],
      { api: "http://127.0.0.1:9" },
      /^Discord cannot be reached at http:\/\/127\.0\.0\.1:9: no connection can be made \(ECONNREFUSED\); /,
    ],
  ])("with %j and %j explains what is wrong", async (args, settings, says) => {
    const refused: unknown = await register(args, settings).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartError);
    expect(refused).toHaveProperty("message", expect.stringMatching(says));
  });
});
