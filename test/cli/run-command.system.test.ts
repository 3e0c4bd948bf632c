import { describe, expect, it } from "vitest";
import { runProcess } from "../end-to-end/process.ts";

describe("a command whose standard output is closed", () => {
  it.each(["client", "dead-letters", "export", "import", "projects"])(
    "%s exits silently",
    async (command) => {
      await using child = runProcess(`src/cli/${command}/main.ts`, {}, ["--help"]);
      child.child.stdout?.destroy();
      expect(await child.exited).toBe(141);
      expect(child.output()).toBe("");
    },
  );
});
