import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

/**
 * Reads context values in the CDK's order: from its arguments (`-c KEY=VALUE`, `--context KEY=VALUE`), then under `context` in
 * cdk.json, then in cdk.context.json.
 * @param folder in which the CDK runs
 */
export function contextOf(args: string[], folder: string): (key: string) => unknown {
  const { context } = readObject(join(folder, "cdk.json"));
  const all = {
    ...readObject(join(folder, "cdk.context.json")),
    ...(isObject(context) ? context : {}),
    ...fromArguments(args),
  };
  return (key) => all[key];
}

function fromArguments(args: string[]): Record<string, unknown> {
  const { values } = parseArgs({
    args,
    strict: false,
    options: { context: { type: "string", short: "c", multiple: true } },
  });
  const pairs = (values.context ?? []).filter((value) => typeof value === "string");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = "", ...value] = pair.split("=");
      return [key, value.join("=")];
    }),
  );
}

/** Reads a JSON object; empty if the file does not exist. */
function readObject(path: string): Record<string, unknown> {
  const content: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  return isObject(content) ? content : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
