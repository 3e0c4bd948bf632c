import type { ParseArgsConfig } from "node:util";
import { parseCommand, type Command } from "../../src/cli/run-command.ts";

/** Returns the parsed arguments of a command, "help", "version", or the mistake that it reports. */
export function parse<Options extends NonNullable<ParseArgsConfig["options"]>, Parsed>(
  command: Command<Options, Parsed>,
  args: string | readonly string[],
): Parsed | "help" | "version" | { mistake: string } {
  const words = typeof args === "string" ? args.split(" ").filter((word) => word !== "") : args;
  try {
    return parseCommand(command, words);
  } catch (error) {
    return { mistake: (error as Error).message };
  }
}

/** The parsed arguments. @throws Error if the arguments ask for a text */
export function parsed<Options extends NonNullable<ParseArgsConfig["options"]>, Parsed>(
  command: Command<Options, Parsed>,
  args: readonly string[],
): Parsed {
  const result = parseCommand(command, args);
  if (result === "help" || result === "version") throw new Error("these arguments ask for a text");
  return result;
}
