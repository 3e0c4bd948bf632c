import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimit } from "../jobs/declaration.ts";

const SECONDS = { second: 1, minute: 60, hour: 3_600 };

/**
 * Takes points from a person's limit. Resolves with false, and takes nothing, if too few are left.
 * @param points 1 by default
 */
export type Limiter = (limit: RateLimit, userId: string, points?: number) => Promise<boolean>;

/** Counts in memory, and separately for each limit object. */
export function limiter(): Limiter {
  const limiters = new Map<RateLimit, RateLimiterMemory>();

  return async (limit, userId, points = 1) => {
    const counter =
      limiters.get(limit) ?? new RateLimiterMemory({ points: limit.points, duration: SECONDS[limit.per] });
    limiters.set(limit, counter);
    try {
      await counter.consume(userId, points);
      return true;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      // A refused request does not count.
      await counter.reward(userId, points);
      return false;
    }
  };
}
