import { describe, expect, it } from "vitest";
import {
  formatJson,
  formatMarkdown,
  formatText,
  type BenchmarkResult,
} from "../../../bench/harness/table.ts";

const benchmarks: BenchmarkResult[] = [
  {
    name: "presses",
    figures: [
      { name: "1 worker", value: 1_836.2, unit: "/s", range: [1_820, 1_840], goal: "≥ 1000", met: true },
      { name: "lost", value: 1, unit: "presses", range: [0, 1], goal: "0", met: false },
    ],
  },
  {
    name: "day",
    figures: [{ name: "cores", note: "workers 1.1", value: 1.912, unit: "of 2", range: [1.2, 1.912] }],
  },
];

describe("the table", () => {
  it("has a heading for each benchmark, and says which goals were met", () => {
    expect(formatText(benchmarks)).toBe(
      [
        "figure              median     range          goal    met",
        "",
        "presses",
        "1 worker            1,840 /s   1,820 – 1,840  ≥ 1000  yes",
        "lost                1 presses  0 – 1          0       NO",
        "",
        "day",
        "cores: workers 1.1  1.91 of 2  1.2 – 1.91",
        "",
      ].join("\n"),
    );
  });

  it("is formatted as Markdown below a description of the machine", () => {
    expect(formatMarkdown(benchmarks, "A machine")).toBe(
      [
        "A machine",
        "",
        "| figure             | median    | range         | goal   | met |",
        "| ------------------ | --------- | ------------- | ------ | --- |",
        "| **presses**        |           |               |        |     |",
        "| 1 worker           | 1,840 /s  | 1,820 – 1,840 | ≥ 1000 | yes |",
        "| lost               | 1 presses | 0 – 1         | 0      | NO  |",
        "| **day**            |           |               |        |     |",
        "| cores: workers 1.1 | 1.91 of 2 | 1.2 – 1.91    |        |     |",
        "",
      ].join("\n"),
    );
  });

  it("is formatted as JSON with the benchmark, unit and goal of each figure", () => {
    const [first] = JSON.parse(formatJson(benchmarks)) as unknown[];

    expect(first).toMatchObject({
      benchmark: "presses",
      name: "1 worker",
      value: 1_836.2,
      unit: "/s",
      goal: "≥ 1000",
      met: true,
    });
  });
});
