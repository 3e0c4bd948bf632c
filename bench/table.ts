import { availableParallelism, cpus, totalmem, type } from "node:os";
import { version } from "node:process";
import type { Figure } from "./report.ts";

export interface Benchmark {
  name: string;
  figures: readonly Figure[];
}

/** For machines. */
export function asJson(benchmarks: readonly Benchmark[]): string {
  const figures = benchmarks.flatMap(({ name, figures }) =>
    figures.map((figure) => ({ benchmark: name, ...figure })),
  );
  return `${JSON.stringify(figures, null, 2)}\n`;
}

/** For a terminal: one table, in which each benchmark has a heading. */
export function asText(benchmarks: readonly Benchmark[]): string {
  const widths = widthsOf(benchmarks.flatMap(({ figures }) => figures.map(cells)));
  const line = (row: readonly string[]): string => padded(row, widths).join("  ").trimEnd();
  const lots = benchmarks.map(({ name, figures }) => ["", name, ...figures.map((one) => line(cells(one)))]);
  return `${[line(HEADINGS), ...lots.flat()].join("\n")}\n`;
}

/** For the README: the same, and what it was measured on. */
export function asMarkdown(benchmarks: readonly Benchmark[], machine: string): string {
  const rows = benchmarks.flatMap(({ name, figures }) => [
    [`**${name}**`, "", "", "", ""],
    ...figures.map(cells),
  ]);
  const widths = widthsOf(rows);
  const line = (row: readonly string[]): string => `| ${padded(row, widths).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return `${[machine, "", line(HEADINGS), line(rule), ...rows.map(line)].join("\n")}\n`;
}

/** What it is measured on. */
export function thisMachine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const [first] = cpus();
  return `${first?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${memory} GiB of memory, ${type()}, Node ${version.slice(1)}`;
}

const HEADINGS = ["figure", "median", "spread", "goal", "met"];

function cells({ name, note = "", figure, unit, spread, goal = "", met }: Figure): string[] {
  return [
    note === "" ? name : `${name}: ${note}`,
    `${short(figure)} ${unit}`,
    `${short(spread[0])} – ${short(spread[1])}`,
    goal,
    met === undefined ? "" : met ? "yes" : "NO",
  ];
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return HEADINGS.map((heading, column) =>
    Math.max(heading.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
}

const padded = (row: readonly string[], widths: readonly number[]): string[] =>
  row.map((cell, column) => cell.padEnd(widths[column] ?? 0));

function short(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}
