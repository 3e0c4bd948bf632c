import { describe, expect, it } from "vitest";
import { asJson, asMarkdown, asText, type Benchmark } from "../../bench/table.ts";

const benchmarks: Benchmark[] = [
  {
    name: "presses",
    figures: [
      { name: "1 worker", figure: 1_836.2, unit: "/s", spread: [1_820, 1_840], goal: "≥ 1000", met: true },
      { name: "lost", figure: 1, unit: "presses", spread: [0, 1], goal: "0", met: false },
    ],
  },
  {
    name: "day",
    figures: [{ name: "cores", note: "workers 1.1", figure: 1.912, unit: "of 2", spread: [1.2, 1.912] }],
  },
];

describe("the table of the bench", () => {
  it("has a heading for each benchmark, and says what was met", () => {
    expect(asText(benchmarks)).toBe(
      [
        "figure              median     spread         goal    met",
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

  it("stands in Markdown as the README has it, below what it was measured on", () => {
    expect(asMarkdown(benchmarks, "A machine")).toBe(
      [
        "A machine",
        "",
        "| figure             | median    | spread        | goal   | met |",
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

  it("gives machines each figure with its benchmark, unit and goal", () => {
    const [first] = JSON.parse(asJson(benchmarks)) as unknown[];

    expect(first).toMatchObject({
      benchmark: "presses",
      name: "1 worker",
      figure: 1_836.2,
      unit: "/s",
      goal: "≥ 1000",
      met: true,
    });
  });
});
