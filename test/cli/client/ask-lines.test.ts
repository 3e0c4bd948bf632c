import { expect, it, vi } from "vitest";
import { askLines } from "../../../src/cli/client/ask-lines.ts";
import type { RequestOutcome } from "../../../src/cli/client/asker.ts";

it("reads on only while fewer than a hundred requests wait, and tells the worst that happened", async () => {
  const answers: ((outcome: RequestOutcome) => void)[] = [];
  let read = 0;
  async function* lines(): AsyncGenerator<string> {
    for (; read < 150; read += 1) yield "3";
    yield "x";
  }
  const code = askLines(lines(), {
    ask: () => new Promise((resolve) => answers.push(resolve)),
    describe: ({ kind }) => ({ text: kind, code: kind === "late" ? 3 : 0 }),
    out: () => {},
    err: () => {},
  });
  await vi.waitFor(() => expect(answers).toHaveLength(100));
  await new Promise((resolve) => setImmediate(resolve));
  expect(read).toBeLessThan(101);
  answers[0]?.({ kind: "late", id: "1" });
  await vi.waitFor(() => expect(answers).toHaveLength(101));
  while (answers.length < 150) {
    for (const answer of answers) answer({ kind: "failed", id: "2" });
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const answer of answers) answer({ kind: "failed", id: "2" });
  expect(await code).toBe(3);
});
