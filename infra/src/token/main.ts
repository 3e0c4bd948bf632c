/** Replaces the bot token of a stack. */
import { parseArgs } from "node:util";
import project from "../../package.json" with { type: "json" };
import { contextOf } from "../context.ts";
import { readSizes } from "../sizes.ts";
import { tokenParameter } from "./parameter.ts";
import { setToken } from "./set.ts";

const USAGE = `Usage: npm run token [-- NAME]

Replaces the bot token of the AWS stack of this name, by default hotdog-bot. Asks for the token on a terminal; otherwise reads it
from the standard input.

  --help     this text
  --version  version of hotdog-bot
`;

interface TokenCommand {
  help: boolean;
  version: boolean;
  stack: string | undefined;
}

/** @throws Error with the usage for invalid arguments */
function readArguments(args: string[]): TokenCommand {
  try {
    const flag = { type: "boolean", default: false } as const;
    const options = { help: flag, version: flag };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > 1) throw new Error("Give at most one name.");
    return { help: values.help, version: values.version, stack: positionals[0] };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, {
      cause: error,
    });
  }
}

async function main(args: string[]): Promise<void> {
  const { help, version, stack } = readArguments(args);
  if (help || version) {
    process.stdout.write(help ? USAGE : `${project.version}\n`);
    return;
  }
  const context = contextOf([], process.cwd());
  const { name } = readSizes((key) => (key === "name" ? (stack ?? context(key)) : context(key)));
  const parameter = tokenParameter(name);
  try {
    const kept = await setToken(parameter, process);
    if (!kept) throw new Error("No token was given.");
    process.stdout.write(
      `Processes that wait for a token start within a minute. Running workers read it when they are replaced:\n` +
        `  aws autoscaling start-instance-refresh --auto-scaling-group-name ${name}-workers\n`,
    );
  } finally {
    parameter.close();
  }
}

await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
