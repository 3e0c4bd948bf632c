import { parseArgs } from "node:util";

/** Context values among the arguments of cdk: `-c KEY=VALUE`, `--context KEY=VALUE`. */
export function contextIn(args: string[]): Record<string, string> {
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
