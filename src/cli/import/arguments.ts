import { parseArgs } from "node:util";
import { describeError } from "../../platform/describe-error.ts";

export interface ImportCommand {
  starter: boolean;
  removeStarter: boolean;
  /** Files, folders and addresses on S3. */
  paths: string[];
}

const options = {
  starter: { type: "boolean" },
  "remove-starter": { type: "boolean" },
  help: { type: "boolean" },
} as const;

export function readArguments(args: string[]): ImportCommand | { help: true } | { mistake: string } {
  try {
    const { values, positionals: paths } = parseArgs({ args, options, allowPositionals: true });
    const { starter = false, "remove-starter": removeStarter = false, help } = values;
    if (help) return { help };
    if (starter && removeStarter) return { mistake: "--starter and --remove-starter do not go together." };
    if (!starter && !removeStarter && paths.length === 0) return { mistake: "Nothing to add." };
    return { starter, removeStarter, paths };
  } catch (error) {
    return { mistake: describeError(error) };
  }
}
