/** Runs the named benchmarks, or all of them. The table goes to standard output, progress to standard error. */
import { parseArgs } from "node:util";
import project from "../package.json" with { type: "json" };
import { describeError } from "../src/platform/describe-error.ts";
import type { Figure } from "./harness/figures.ts";
import {
  formatJson,
  formatMarkdown,
  formatText,
  thisMachine,
  type BenchmarkResult,
} from "./harness/table.ts";

interface Benchmark {
  measures: string;
  /** Loads the benchmark only when it is run. */
  load: () => Promise<Run>;
}

interface RunOptions {
  /** See `--data`. */
  data: string | undefined;
  /** See `--against`. */
  against: string | undefined;
}

type Run = (options: RunOptions) => Promise<Figure[]>;

const BENCHMARKS: Record<string, Benchmark> = {
  presses: {
    measures: "durable presses per second, and the time to confirm one",
    load: async () => (await import("./presses/presses.ts")).presses,
  },
  stats: {
    measures: "/stats per second through BullMQ and SQS",
    load: async () => (await import("./stats/stats.ts")).stats,
  },
  uploads: {
    measures: "image checks per second, their memory, and near duplicates",
    load: async () => (await import("./uploads/uploads.ts")).uploads,
  },
  growth: {
    measures: "cost of a press, a round and /progress as data and projects grow",
    load: async () => (await import("./growth/growth.ts")).growth,
  },
  consensus: {
    measures: "speed and accuracy of the consensus, and presses saved",
    load: async () => (await import("./consensus/consensus.ts")).consensus,
  },
  labeling: {
    measures: "time from an answer to the next image, and actions per image",
    load: async () => (await import("./labeling/labeling.ts")).labeling,
  },
  acknowledgement: {
    measures: "time to acknowledge an interaction",
    load: async () => (await import("./acknowledgement/acknowledgement.ts")).acknowledgement,
  },
  start: {
    measures: "time to start, and memory",
    load: async () => (await import("./start/start.ts")).start,
  },
  day: {
    measures: "highest sustained rate of a mixed load",
    load: async () => (await import("./day/day.ts")).day,
  },
};

const USAGE = `Usage: npm run bench -- [NAME…] [--json | --markdown] [--data FOLDER] [--against FOLDER]

Runs the named benchmarks, or all of them (about 7 minutes), and prints a table.

${Object.entries(BENCHMARKS)
  .map(([name, { measures }]) => `  ${name.padEnd(16)} ${measures}`)
  .join("\n")}

  --json           prints JSON
  --markdown       prints a Markdown table, for docs/benchmarks.md
  --data FOLDER    photographs for uploads, or labeled data for consensus: a folder with *.labels.csv (task,worker,label) and *.truth.csv (task,truth),
                   or a folder of such folders
  --against FOLDER another checkout with its packages installed (git worktree, npm ci), whose worker day compares with this one's
  --help           this text
  --version        version of hotdog-bot

Exit code: 0 if every goal is met, 1 if a goal is missed or something fails.
`;

const options = {
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  data: { type: "string" },
  against: { type: "string" },
  help: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
} as const;

/** Parses the command line. @throws Error with the mistake and the usage */
function parseArguments() {
  try {
    const { values, positionals: names } = parseArgs({ options, allowPositionals: true });
    const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
    if (unknown.length > 0) throw new Error(`Unknown benchmark: ${unknown.join(", ")}.`);
    return { ...values, names };
  } catch (error) {
    throw new Error(`${describeError(error)}\n\n${USAGE}`, { cause: error });
  }
}

async function main(): Promise<void> {
  const { names, json, markdown, data, against, help, version } = parseArguments();
  if (help || version) {
    process.stdout.write(help ? USAGE : `${project.version}\n`);
    return;
  }
  const results: BenchmarkResult[] = [];
  for (const [name, { load }] of Object.entries(BENCHMARKS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const run = await load();
    results.push({ name, figures: await withProgress(name, () => run({ data, against })) });
  }
  if (json) process.stdout.write(formatJson(results));
  else process.stdout.write(markdown ? formatMarkdown(results, thisMachine()) : formatText(results));
  if (results.some(({ figures }) => figures.some(({ met }) => met === false))) process.exitCode = 1;
}

/** Shows on standard error which benchmark is running and how long it took. */
async function withProgress<T>(name: string, run: () => Promise<T>): Promise<T> {
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
