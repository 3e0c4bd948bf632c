import { parseArgs } from "node:util";
import { printable } from "../platform/printable.ts";
import { describeError } from "../platform/describe-error.ts";

/** What the arguments of a command may come to besides what it is to do. */
type Instead = { help: true } | { mistake: string };

/** What a command is to do. Undefined when it prints its usage: for who asks for it, or after a mistake, with exit code 1. */
export function parseCommand<Wanted extends object>(
  host: NodeJS.Process,
  usage: string,
  readArguments: (args: string[]) => Wanted | Instead,
): Wanted | undefined {
  const wanted = readArguments(host.argv.slice(2));
  if (!isInstead(wanted)) return wanted;
  if ("help" in wanted) return void host.stdout.write(usage);
  host.stderr.write(`${printable(wanted.mistake)}\n\n${usage}`);
  host.exitCode = 1;
  return undefined;
}

function isInstead(wanted: object): wanted is Instead {
  return "help" in wanted || "mistake" in wanted;
}

/** Of a command that takes nothing but --help. */
export function parseNoArguments(args: string[]): object | Instead {
  try {
    const { help } = parseArgs({ args, options: { help: { type: "boolean" } } }).values;
    return help === true ? { help } : {};
  } catch (error) {
    return { mistake: describeError(error) };
  }
}
