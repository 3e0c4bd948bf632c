/** Uploads at work at a time in one worker. */
const AT_A_TIME = 8;
/** Milliseconds before one that found no place comes again: by chance up to twice this. */
const COME_AGAIN = 1_000;

export interface UploadGate {
  /**
   * Does the work if there is a place. If not, resolves with the milliseconds after which the job is to come again: it must
   * not wait here, in a place that presses and `/stats` want.
   */
  through(work: () => Promise<void>): Promise<{ comeAgainIn: number } | undefined>;
}

export function uploadGate(random: () => number): UploadGate {
  let underWay = 0;
  return {
    async through(work) {
      if (underWay >= AT_A_TIME) return { comeAgainIn: COME_AGAIN * (0.5 + 1.5 * random()) };
      underWay += 1;
      try {
        await work();
        return undefined;
      } finally {
        underWay -= 1;
      }
    },
  };
}
