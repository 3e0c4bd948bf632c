import { vi } from "vitest";

/**
 * Repeats the check until it no longer throws, and resolves with its result. Its timeout of 30 s suits slow machines; `vi.waitFor`
 * gives up after a second.
 */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000 });
}

const MAX_TRIES = 3;

/**
 * Measures up to three times how long something takes, and resolves with the shortest time, in milliseconds. One time below the
 * bound is enough, because a busy machine may delay any try.
 */
export async function fastest(bound: number, measure: () => Promise<number>): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < MAX_TRIES && shortest >= bound; tries += 1)
    shortest = Math.min(shortest, await measure());
  return shortest;
}
