/** Runs the benchmarks that are named, or all: `npm run bench -- [name…] [--json] [--data FOLDER]`. Exits with 1 when a goal is missed. */
import { parseArgs } from "node:util";
import { acknowledgement } from "./acknowledgement.ts";
import { consensus } from "./consensus.ts";
import { growth } from "./growth.ts";
import { presses } from "./presses.ts";
import { report, type Figure } from "./report.ts";
import { start } from "./start.ts";
import { stats } from "./stats.ts";
import { uploads } from "./uploads.ts";

const benchmarks: Record<string, (data?: string) => Promise<Figure[]>> = {
  presses,
  stats,
  uploads,
  growth,
  consensus,
  acknowledgement,
  start,
};

async function main(): Promise<void> {
  const options = { json: { type: "boolean", default: false }, data: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    throw new Error(
      `no benchmark is named ${unknown.join(", ")}; there are: ${Object.keys(benchmarks).join(", ")}`,
    );
  }
  const figures: Figure[] = [];
  for (const [name, run] of Object.entries(benchmarks)) {
    if (positionals.length === 0 || positionals.includes(name)) figures.push(...(await run(values.data)));
  }
  process.stdout.write(report(figures, values));
  if (figures.some(({ met }) => met === false)) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
