/** Gives the stack another bot token. */
import { parseArgs } from "node:util";
import { contextOf } from "../context.ts";
import { readSizes } from "../sizes.ts";
import { tokenParameter } from "./parameter.ts";
import { setToken } from "./set.ts";

const USAGE = `Usage: npm run token [-- NAME]

Gives the AWS stack of this name, or the first, another bot token: asks for it on a terminal, and reads it from the standard input
elsewhere.

  --help  this text
`;

interface Wanted {
  help: boolean;
  stack: string | undefined;
}

/** @throws Error with the usage for arguments that there are not */
function readArguments(args: string[]): Wanted {
  try {
    const options = { help: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > 1) throw new Error("There is one name at the most.");
    return { help: values.help, stack: positionals[0] };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, {
      cause: error,
    });
  }
}

async function main(args: string[]): Promise<void> {
  const { help, stack } = readArguments(args);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const context = contextOf([], process.cwd());
  const { name } = readSizes((key) => (key === "name" ? (stack ?? context(key)) : context(key)));
  const parameter = tokenParameter(name);
  try {
    const kept = await setToken(parameter, process);
    if (!kept) throw new Error("No token was given.");
    process.stdout.write(
      `Processes that wait for one start within a minute. Workers that run read it when they are replaced:\n` +
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
