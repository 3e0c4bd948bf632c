import { availableParallelism, cpus, totalmem, type } from "node:os";
import { version } from "node:process";
import type { Figure } from "./figures.ts";

export interface BenchmarkResult {
  name: string;
  figures: readonly Figure[];
}

export function formatJson(results: readonly BenchmarkResult[]): string {
  const figures = results.flatMap(({ name, figures }) =>
    figures.map((figure) => ({ benchmark: name, ...figure })),
  );
  return `${JSON.stringify(figures, null, 2)}\n`;
}

/** Formats a table for a terminal, with a heading for each benchmark. */
export function formatText(results: readonly BenchmarkResult[]): string {
  const widths = columnWidths(results.flatMap(({ figures }) => figures.map(rowOf)));
  const line = (row: readonly string[]): string => padded(row, widths).join("  ").trimEnd();
  const sections = results.map(({ name, figures }) => [
    "",
    name,
    ...figures.map((figure) => line(rowOf(figure))),
  ]);
  return `${[line(HEADINGS), ...sections.flat()].join("\n")}\n`;
}

/** Formats a Markdown table for docs/benchmarks.md, below a description of the machine. */
export function formatMarkdown(results: readonly BenchmarkResult[], machine: string): string {
  const rows = results.flatMap(({ name, figures }) => [
    [`**${name}**`, "", "", "", ""],
    ...figures.map(rowOf),
  ]);
  const widths = columnWidths(rows);
  const line = (row: readonly string[]): string => `| ${padded(row, widths).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return `${[machine, "", line(HEADINGS), line(rule), ...rows.map(line)].join("\n")}\n`;
}

/** Describes this machine in one line. */
export function thisMachine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const [first] = cpus();
  return `${first?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${memory} GiB of memory, ${type()}, Node ${version.slice(1)}`;
}

const HEADINGS = ["figure", "median", "range", "goal", "met"];

function rowOf({ name, note = "", value, unit, range, goal = "", met }: Figure): string[] {
  return [
    note === "" ? name : `${name}: ${note}`,
    `${round(value)} ${unit}`,
    `${round(range[0])} – ${round(range[1])}`,
    goal,
    met === undefined ? "" : met ? "yes" : "NO",
  ];
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  return HEADINGS.map((heading, column) =>
    Math.max(heading.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
}

const padded = (row: readonly string[], widths: readonly number[]): string[] =>
  row.map((cell, column) => cell.padEnd(widths[column] ?? 0));

/** Rounds to three significant digits. */
function round(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}
