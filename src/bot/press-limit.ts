import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Presses a second by one person; a hand on a mouse makes fewer. */
const MOST = 10;

/** Counts a person's presses. Resolves with false for one too many. */
export function pressLimit(): (userId: string) => Promise<boolean> {
  const limiter = new RateLimiterMemory({ points: MOST, duration: 1 });
  return async (userId) => {
    try {
      await limiter.consume(userId);
      return true;
    } catch (error) {
      if (error instanceof RateLimiterRes) return false;
      throw error;
    }
  };
}
