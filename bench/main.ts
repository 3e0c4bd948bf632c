/**
 * Runs the benchmarks that are named, or all: `npm run bench -- [name…] [--json | --markdown] [--data FOLDER]`. The table goes to the
 * standard output, and what is going on to the standard error. Exits with 1 when a goal is missed.
 */
import { parseArgs } from "node:util";
import { acknowledgement } from "./acknowledgement.ts";
import { consensus } from "./consensus.ts";
import { day } from "./day.ts";
import { growth } from "./growth.ts";
import { presses } from "./presses.ts";
import type { Figure } from "./report.ts";
import { start } from "./start.ts";
import { stats } from "./stats.ts";
import { asJson, asMarkdown, asText, thisMachine, type Benchmark } from "./table.ts";
import { uploads } from "./uploads.ts";

const benchmarks: Record<string, (data?: string) => Promise<Figure[]>> = {
  presses,
  stats,
  uploads,
  growth,
  consensus,
  acknowledgement,
  start,
  day,
};

async function main(): Promise<void> {
  const options = {
    json: { type: "boolean", default: false },
    markdown: { type: "boolean", default: false },
    data: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in benchmarks));
  if (unknown.length > 0) {
    throw new Error(
      `no benchmark is named ${unknown.join(", ")}; there are: ${Object.keys(benchmarks).join(", ")}`,
    );
  }
  const done: Benchmark[] = [];
  for (const [name, run] of Object.entries(benchmarks)) {
    if (positionals.length === 0 || positionals.includes(name))
      done.push({ name, figures: await timed(name, () => run(values.data)) });
  }
  if (values.json) process.stdout.write(asJson(done));
  else process.stdout.write(values.markdown ? asMarkdown(done, thisMachine()) : asText(done));
  if (done.some(({ figures }) => figures.some(({ met }) => met === false))) process.exitCode = 1;
}

/** Tells whoever waits what is going on. */
async function timed<T>(name: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  process.stderr.write(`${name} …`);
  const result = await run();
  process.stderr.write(` ${((performance.now() - started) / 1_000).toFixed(1)} s\n`);
  return result;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
