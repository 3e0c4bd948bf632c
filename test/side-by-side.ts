import { vi } from "vitest";

/** Concurrent tests of this file at a time: more than usual, as they mostly wait. */
const AT_A_TIME = 8;

/** Called once in a file, before its tests begin. */
export function runSideBySide(): void {
  vi.setConfig({ maxConcurrency: AT_A_TIME });
}
