import { parseArgs } from "node:util";
import { GatewayIntentBits } from "discord-api-types/v10";
import { z } from "zod";

/** What the command line asks for. */
export type CliRequest =
  | { kind: "help" | "version" }
  | { kind: "serve"; settings: CliSettings }
  | { kind: "run"; settings: CliSettings; command: string; args: string[]; env: BotVariable[] };

export interface CliSettings {
  port: number;
  folder: string | undefined;
  /** Path of the file that describes the world. */
  world: string | undefined;
  token: string | undefined;
  interactionsUrl: string | undefined;
  privilegedIntents: number;
  rateLimits: boolean;
}

/** A variable of the bot's environment. */
export interface BotVariable {
  name: string;
  value: string;
}

const PRIVILEGED = {
  GuildMembers: GatewayIntentBits.GuildMembers,
  GuildPresences: GatewayIntentBits.GuildPresences,
  MessageContent: GatewayIntentBits.MessageContent,
};

const DEFAULT_PORT = "8080";
const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

const OPTIONS = {
  port: { type: "string" },
  folder: { type: "string" },
  world: { type: "string" },
  token: { type: "string" },
  "interactions-url": { type: "string" },
  intents: { type: "string" },
  "no-rate-limits": { type: "boolean" },
  env: { type: "string", multiple: true },
  version: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/**
 * Parses the command line.
 * @param defaultPort of the environment; with "run", the default is 0
 * @throws Error that says what is wrong
 */
export function readArguments(args: readonly string[], defaultPort: string | undefined): CliRequest {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const { values, positionals } = parseArgs({ args: [...own], options: OPTIONS, allowPositionals: true });
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [verb, ...others] = positionals;
  if ((verb !== undefined && verb !== "run") || others.length > 0)
    throw new Error(`Unexpected argument: ${others[0] ?? verb}. The command of "run" follows after --.`);
  const settings = {
    port: readPort(values.port, verb === "run" ? "0" : defaultPort),
    folder: values.folder,
    world: values.world,
    token: values.token,
    interactionsUrl: values["interactions-url"],
    privilegedIntents: readIntents(values.intents ?? ""),
    rateLimits: !values["no-rate-limits"],
  };
  const env = (values.env ?? []).map(readVariable);
  if (verb === undefined) {
    if (end !== -1) throw new Error('A command after -- needs "run" before it.');
    if (env.length > 0) throw new Error('--env is for "run".');
    return { kind: "serve", settings };
  }
  const [command, ...rest] = end === -1 ? [] : args.slice(end + 1);
  if (command === undefined) throw new Error('"run" needs a command after --, as in: run -- node bot.js');
  return { kind: "run", settings, command, args: rest, env };
}

function readPort(option: string | undefined, setting = ""): number {
  const name = option === undefined ? "PLAYGROUND_PORT" : "--port";
  const text = (option ?? setting).trim();
  const { data, success } = portNumber.safeParse(option === undefined && text === "" ? DEFAULT_PORT : text);
  if (!success) throw new Error(`${name} must be a whole number from 0 to 65535.`);
  return data;
}

function readIntents(list: string): number {
  const names = list.split(",").map((name) => name.trim());
  if (names.includes("all")) return Object.values(PRIVILEGED).reduce((all, bit) => all | bit, 0);
  return names
    .filter((name) => name !== "")
    .reduce((all, name) => {
      const bit = Object.entries(PRIVILEGED).find(([known]) => known === name)?.[1];
      if (bit !== undefined) return all | bit;
      const known = ["all", ...Object.keys(PRIVILEGED)].join(", ");
      throw new Error(`--intents has no privileged intent ${name}. It takes: ${known}.`);
    }, 0);
}

function readVariable(text: string): BotVariable {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Error(`--env ${text} must be NAME=VALUE.`);
  return { name, value };
}
