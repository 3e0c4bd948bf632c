import { GatewayIntentBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { readArguments } from "../../src/cli/read-arguments.ts";

const { GuildMembers, GuildPresences, MessageContent } = GatewayIntentBits;

function settings(line: string, defaultPort?: string) {
  const request = readArguments(line === "" ? [] : line.split(" "), defaultPort);
  return "settings" in request ? request.settings : undefined;
}

describe("the arguments of local-discord", () => {
  it("have defaults", () => {
    expect(settings("")).toEqual({
      port: 8080,
      folder: undefined,
      world: undefined,
      token: undefined,
      interactionsUrl: undefined,
      privilegedIntents: 0,
      rateLimits: true,
    });
    expect(settings("", " 9000 ")?.port).toBe(9000);
    expect(settings("run -- node bot.js", "9000")?.port).toBe(0);
  });

  it("are options, of which the port comes before the environment", () => {
    expect(
      settings(
        "--port 0 --folder data --world w.json --token a.b --interactions-url http://localhost:3000 --no-rate-limits",
        "9000",
      ),
    ).toEqual({
      port: 0,
      folder: "data",
      world: "w.json",
      token: "a.b",
      interactionsUrl: "http://localhost:3000",
      privilegedIntents: 0,
      rateLimits: false,
    });
    expect(settings("--intents all")?.privilegedIntents).toBe(GuildMembers | GuildPresences | MessageContent);
    expect(settings("--intents MessageContent,GuildMembers")?.privilegedIntents).toBe(
      MessageContent | GuildMembers,
    );
  });

  it("leave those after -- to the bot", () => {
    expect(
      readArguments(["run", "--env", "ID=application", "--", "node", "bot.js", "--port", "x"], ""),
    ).toMatchObject({
      kind: "run",
      command: "node",
      args: ["bot.js", "--port", "x"],
      env: [{ name: "ID", value: "application" }],
    });
    expect(readArguments(["run", "--help", "--", "node"], "").kind).toBe("help");
    expect(readArguments(["--version"], "").kind).toBe("version");
  });

  it.each([
    ["--port 70000", "--port must be a whole number from 0 to 65535."],
    ["--port x", "--port must be a whole number from 0 to 65535."],
    ["--intents Guilds", "--intents has no privileged intent Guilds. It takes: all, GuildMembers,"],
    ["--folder", "Option '--folder <value>' argument missing"],
    ["--fast", "Unknown option '--fast'"],
    ["start", "Unexpected argument: start."],
    ["run node bot.js", "Unexpected argument: node."],
    ["run", '"run" needs a command after --'],
    ["run --", '"run" needs a command after --'],
    ["-- node bot.js", 'A command after -- needs "run" before it.'],
    ["--env A=b", '--env is for "run".'],
    ["run --env A -- node", "--env A must be NAME=VALUE."],
  ])("are refused: %s", (line, message) => {
    expect(() => settings(line)).toThrow(message);
  });

  it("name the setting of the environment that is wrong", () => {
    expect(() => settings("", "http")).toThrow("PLAYGROUND_PORT must be a whole number from 0 to 65535.");
  });
});
