import { parseArgs } from "node:util";
import { snowflake } from "../../platform/snowflake.ts";
import { describeError } from "../../platform/describe-error.ts";

export interface RegisterCommand {
  /** The one server; all places, unless told. */
  guild: string | undefined;
  /** None are to be left. */
  remove: boolean;
}

const options = {
  guild: { type: "string" },
  remove: { type: "boolean" },
  help: { type: "boolean" },
} as const;

export function readArguments(args: string[]): RegisterCommand | { help: true } | { mistake: string } {
  try {
    const { guild, remove = false, help } = parseArgs({ args, options }).values;
    if (help) return { help };
    if (guild !== undefined && !snowflake.safeParse(guild).success)
      return {
        mistake: "--guild takes the id of a server: its menu in Discord, Copy Server ID (developer mode).",
      };
    return { guild, remove };
  } catch (error) {
    return { mistake: describeError(error) };
  }
}
