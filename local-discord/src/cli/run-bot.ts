import { spawn, type StdioOptions } from "node:child_process";
import { constants } from "node:os";
import type { LocalDiscord } from "../local-discord.ts";
import type { BotVariable } from "./read-arguments.ts";

interface BotCommand {
  command: string;
  args: string[];
  /** Environment of this process, which the bot inherits. */
  inherited: Readonly<Record<string, string | undefined>>;
  /** Variables to set; some values stand for what the local Discord has. */
  env: readonly BotVariable[];
  /** Default: those of this process. */
  stdio?: StdioOptions;
}

/** A bot that runs. */
interface RunningBot {
  /** Sends a signal to the bot. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code; 128 and the number of the signal if a signal ended the bot. Rejects if it cannot be started. */
  ended: Promise<number>;
}

/** The module that redirects a Node process to the local Discord. Its extension is that of this module. */
const preload = import.meta.resolve(
  `../preload/main${import.meta.url.slice(import.meta.url.lastIndexOf("."))}`,
);

/** Starts a bot whose Node processes reach the local Discord instead of Discord. */
export function runBot(
  discord: LocalDiscord,
  { command, args, inherited, env, stdio = "inherit" }: BotCommand,
): RunningBot {
  const nodeOptions = `${inherited["NODE_OPTIONS"] ?? ""} --import=${preload}`.trim();
  const child = spawn(command, args, {
    stdio,
    env: {
      ...inherited,
      DISCORD_TOKEN: discord.botToken,
      DISCORD_PUBLIC_KEY: discord.publicKey,
      ...variables(discord, env),
      LOCAL_DISCORD_ORIGIN: discord.cdn,
      NODE_OPTIONS: nodeOptions,
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", (cause) => {
    reject(
      new Error(`${command} cannot be started. Check that it is installed. ${cause.message}`, { cause }),
    );
  });
  child.once("exit", (code, signal) => {
    resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]);
  });
  return { kill: (signal) => void child.kill(signal), ended: promise };
}

function variables(discord: LocalDiscord, env: readonly BotVariable[]): Record<string, string> {
  const meanings = new Map([
    ["token", discord.botToken],
    ["application", discord.applicationId],
    ["public-key", discord.publicKey],
    ["guild", discord.guildId],
    ["channel", discord.channelId],
  ]);
  return Object.fromEntries(env.map(({ name, value }) => [name, meanings.get(value) ?? value]));
}
