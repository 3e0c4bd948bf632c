import { vi } from "vitest";

/**
 * Resolves with what the check returns once it no longer throws, however slow the machine is; `vi.waitFor` by itself gives up
 * after a second.
 */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000 });
}
