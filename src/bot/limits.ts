import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** What one person may do. */
export interface Limits {
  /** Resolves with false for one too many: 10 presses a second; a hand on a mouse makes fewer. */
  press: (userId: string) => Promise<boolean>;
  /** Resolves with false for one too many: 30 times a minute. */
  stats: (userId: string) => Promise<boolean>;
  /** Resolves with false for one too many: 10 rounds a minute, each of which reads and posts 4 images. */
  round: (userId: string) => Promise<boolean>;
  /** Resolves with false for one too many: 10 times a minute. */
  progress: (userId: string) => Promise<boolean>;
  /** Resolves with false when these would be too many: 20 files a minute. */
  upload: (userId: string, files: number) => Promise<boolean>;
  /** Resolves with false for one too many: 10 times an hour to be sent what is kept, or to have it removed. */
  ownData: (userId: string) => Promise<boolean>;
  /** Resolves with false for one too many: 10 exports an hour, each of which reads all labels. */
  export: (userId: string) => Promise<boolean>;
  /** Resolves with false for a hint too many: 3 a minute. */
  hint: (userId: string) => Promise<boolean>;
}

export function limits(): Limits {
  const presses = new RateLimiterMemory({ points: 10, duration: 1 });
  const stats = new RateLimiterMemory({ points: 30, duration: 60 });
  const rounds = new RateLimiterMemory({ points: 10, duration: 60 });
  const progress = new RateLimiterMemory({ points: 10, duration: 60 });
  const files = new RateLimiterMemory({ points: 20, duration: 60 });
  const ownData = new RateLimiterMemory({ points: 10, duration: 3_600 });
  const exports = new RateLimiterMemory({ points: 10, duration: 3_600 });
  const hints = new RateLimiterMemory({ points: 3, duration: 60 });
  return {
    press: (userId) => within(presses, userId, 1),
    stats: (userId) => within(stats, userId, 1),
    round: (userId) => within(rounds, userId, 1),
    progress: (userId) => within(progress, userId, 1),
    upload: (userId, count) => within(files, userId, count),
    ownData: (userId) => within(ownData, userId, 1),
    export: (userId) => within(exports, userId, 1),
    hint: (userId) => within(hints, userId, 1),
  };
}

async function within(limiter: RateLimiterMemory, userId: string, points: number): Promise<boolean> {
  try {
    await limiter.consume(userId, points);
    return true;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    // What was refused does not count.
    await limiter.reward(userId, points);
    return false;
  }
}
