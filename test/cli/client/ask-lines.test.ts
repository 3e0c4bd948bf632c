import { expect, it, vi } from "vitest";
import { askLines } from "../../../src/cli/client/ask-lines.ts";
import type { StatsAnswer } from "../../../src/cli/client/asker.ts";

it("stops reading while 100 requests are unanswered, and returns the highest exit code", async () => {
  const answers: ((answer: StatsAnswer) => void)[] = [];
  let read = 0;
  async function* lines(): AsyncGenerator<string> {
    for (; read < 150; read += 1) yield "3";
    yield "x";
  }
  const code = askLines(lines(), {
    ask: () => new Promise((resolve) => answers.push(resolve)),
    out: () => {},
    err: () => {},
  });
  await vi.waitFor(() => expect(answers).toHaveLength(100));
  await new Promise((resolve) => setImmediate(resolve));
  expect(read).toBeLessThan(101);
  answers[0]?.({ text: "late", code: 3 });
  await vi.waitFor(() => expect(answers).toHaveLength(101));
  while (answers.length < 150) {
    for (const answer of answers) answer({ text: "answered", code: 0 });
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const answer of answers) answer({ text: "answered", code: 0 });
  expect(await code).toBe(3);
});
