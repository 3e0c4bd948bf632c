import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute, most of which they wait. */
export const LONGEST_FILES: readonly string[] = [
  "test/faults/redis.system.test.ts",
  "test/faults/sqs.system.test.ts",
];

/** What decides when a test file starts. */
interface TestFile {
  /** Path from the root. */
  path: string;
  /** The kind of its tests. */
  project: string;
  groupOrder: number;
}

/** Compares files of one group: the longest start first, then system tests. */
export function compareStarts(a: TestFile, b: TestFile): number {
  return a.groupOrder - b.groupOrder || rankOf(a) - rankOf(b);
}

function rankOf({ path, project }: TestFile): number {
  if (LONGEST_FILES.includes(path)) return 0;
  return project === "system" ? 1 : 2;
}

/**
 * Starts the longest files first, so that all others use the processor while these wait. Without the results of an earlier run,
 * as in CI, Vitest starts large files first and system tests last, so that a run ends with a minute of waiting.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const describe = ({ moduleId, project }: TestSpecification): TestFile => ({
      path: relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"),
      project: project.name,
      groupOrder: project.config.sequence.groupOrder,
    });
    // oxlint-disable-next-line unicorn/no-array-sort -- this is Vitest's method, not that of an array
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => compareStarts(describe(a), describe(b)));
  }
}
