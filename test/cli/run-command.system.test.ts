import { describe, expect, it } from "vitest";
import { runProcess } from "../end-to-end/process.ts";

describe("a command whose reader has gone", () => {
  it.each(["client", "dead-letters", "export", "import"])("%s ends without a word", async (command) => {
    await using child = runProcess(`src/cli/${command}/main.ts`, {}, ["--help"]);
    child.child.stdout?.destroy();
    expect(await child.exited).toBe(141);
    expect(child.output()).toBe("");
  });
});
