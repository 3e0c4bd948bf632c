import { REST, Routes, type APIApplicationCommand } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocalDiscord, type LocalDiscord } from "../../../local-discord/src/start.ts";
import { commands } from "../../../src/commands/index.ts";
import { registerCommand, runRegister } from "../../../src/cli/register/command.ts";
import { COMMAND_NAMES } from "../../command-names.ts";
import { parsed } from "../parse.ts";
import { StartError } from "../../../src/platform/start-error.ts";

/** In the bot's servers and in direct messages with it. */
const WITH_THE_BOT = { contexts: [0, 1], types: [0] };
const EVERYWHERE = { contexts: [0, 1, 2], types: [0, 1] };
const IN_SERVERS = { contexts: [0], types: [0] };

/** The commands that are offered elsewhere. */
const OTHER_PLACES = new Map([
  ["stats", EVERYWHERE],
  ["help", EVERYWHERE],
  ["project", IN_SERVERS],
  ["Remove from image set", IN_SERVERS],
  ["Set gold answer", IN_SERVERS],
]);

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

const allCommands = (what: string): string[] => COMMAND_NAMES.map((name) => `${what.padEnd(9)}  ${name}`);

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
    expect(await commandsOn(Routes.applicationCommands(discord.applicationId))).toHaveLength(
      COMMAND_NAMES.length,
    );
  });

  it("offers /stats and /help everywhere, and the others only in the bot's servers and direct messages", async () => {
    await register();
    const published = await commandsOn(Routes.applicationCommands(discord.applicationId));
    const places = published.map(({ name, contexts, integration_types: types }) => ({
      name,
      place: { contexts, types },
    }));
    expect(places).toEqual(
      published.map(({ name }) => ({ name, place: OTHER_PLACES.get(name) ?? WITH_THE_BOT })),
    );
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
