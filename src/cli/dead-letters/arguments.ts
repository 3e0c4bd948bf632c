import { parseArgs } from "node:util";
import { describeError } from "../../platform/describe-error.ts";

type Action = "list" | "retry" | "drop";

export interface Wanted {
  action: Action;
  /** For retry, none are all. */
  ids: string[];
  json: boolean;
}

const options = { json: { type: "boolean" }, help: { type: "boolean" } } as const;

export function readArguments(args: string[]): Wanted | { help: true } | { mistake: string } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [action, ...ids] = positionals;
    if (values.help) return { help: true };
    if (!isAction(action)) return { mistake: action === undefined ? "Do what?" : `There is no ${action}.` };
    if (action === "list" && ids.length > 0) return { mistake: "list takes no ids." };
    if (action === "drop" && ids.length === 0)
      return { mistake: "Drop which? Name the ids that list shows." };
    if (action !== "list" && values.json) return { mistake: "--json is for list." };
    return { action, ids: [...new Set(ids)], json: values.json ?? false };
  } catch (error) {
    return { mistake: describeError(error) };
  }
}

function isAction(text: string | undefined): text is Action {
  return text === "list" || text === "retry" || text === "drop";
}
