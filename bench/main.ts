/** Runs the benchmarks that are named, or all. The table goes to the standard output, and what is going on to the standard error. */
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
import { describeError } from "../src/platform/describe-error.ts";

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

const USAGE = `Usage: npm run bench -- [NAME…] [--json | --markdown] [--data FOLDER]

Measures, side by side with other ways to do the same, and prints a table. It takes many minutes; without names all are run:
${Object.keys(benchmarks).join(", ")}.

  --json         for machines
  --markdown     for README.md
  --data FOLDER  labels of others for consensus
  --help         this text

Exit code: 0 when every goal is met, 1 when one is missed, and for everything else.
`;

const options = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  data: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** What is to be run, or the mistake in it. */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const unknown = positionals.filter((name) => !Object.hasOwn(benchmarks, name));
    return unknown.length === 0
      ? { ...values, names: positionals }
      : { mistake: `There is no benchmark ${unknown.join(", ")}.` };
  } catch (error) {
    return { mistake: describeError(error) };
  }
}

async function main(): Promise<void> {
  const wanted = readArguments();
  if ("mistake" in wanted) throw new Error(`${wanted.mistake}\n\n${USAGE}`);
  if (wanted.help) {
    process.stdout.write(USAGE);
    return;
  }
  const done: Benchmark[] = [];
  for (const [name, run] of Object.entries(benchmarks)) {
    if (wanted.names.length === 0 || wanted.names.includes(name))
      done.push({ name, figures: await timed(name, () => run(wanted.data)) });
  }
  if (wanted.json) process.stdout.write(asJson(done));
  else process.stdout.write(wanted.markdown ? asMarkdown(done, thisMachine()) : asText(done));
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
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
});
