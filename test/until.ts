import { vi } from "vitest";

/**
 * Repeats the check until it no longer throws, and resolves with its result. Its timeout of 30 s suits slow machines; `vi.waitFor`
 * gives up after a second.
 */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000 });
}
