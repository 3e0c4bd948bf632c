import { describe, expect, it } from "vitest";
import { progressBar, type Output } from "../../src/cli/progress-bar.ts";

describe("the progress of a command", () => {
  function written(out: Partial<Output>, steps: number): string {
    let text = "";
    let time = 0;
    const shown = progressBar(4, {
      out: { ...out, write: (more: string) => (text += more) },
      now: () => (time += 100),
    });
    for (let step = 1; step <= steps; step += 1) shown.step(`line ${step}\n`);
    shown.end();
    return text;
  }

  it("is a bar on a terminal, and is erased at the end", () => {
    const drawn = written({ isTTY: true, columns: 38 }, 4).split("\r\u{1b}[K");
    expect(drawn).toEqual([
      "",
      "░░░░░░░░ 0 of 4, 0 %",
      "██░░░░░░ 1 of 4, 25 %",
      "████░░░░ 2 of 4, 50 %",
      "██████░░ 3 of 4, 75 %",
      "████████ 4 of 4, 100 %",
      "",
    ]);
  });

  it("fits a terminal of any width", () => {
    expect(written({ isTTY: true, columns: 20 }, 1)).toContain("K 1 of 4, 25 %");
    expect(written({ isTTY: true, columns: 0 }, 1)).toContain(`${"█".repeat(10)}${"░".repeat(30)} 1 of 4`);
  });

  it("raises its total if there is more than expected", () => {
    const drawn = written({ isTTY: true, columns: 38 }, 5).split("\r\u{1b}[K");
    expect(drawn.slice(-3)).toEqual(["████████ 4 of 4, 100 %", "████████ 5 of 5, 100 %", ""]);
  });

  it("is plain lines if the output is not a terminal", () => {
    expect(written({}, 2)).toBe("line 1\nline 2\n");
  });
});
