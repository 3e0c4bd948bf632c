import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

const MAX_SHOWN = 10;

/** Prints the slowest test files at the end of a run. */
export class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length < MAX_SHOWN) return;
    const slowest = modules
      .map((module) => ({ name: relative(process.cwd(), module.moduleId), seconds: secondsOf(module) }))
      .toSorted((a, b) => b.seconds - a.seconds)
      .slice(0, MAX_SHOWN);
    const lines = slowest.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${name}`);
    process.stdout.write(
      `\n The ${MAX_SHOWN} slowest of ${modules.length} test files:\n${lines.join("\n")}\n\n`,
    );
  }
}

/** Seconds from the start of the file's imports to the end of its last test. */
function secondsOf(module: TestModule): number {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return (collectDuration + setupDuration + duration) / 1_000;
}
