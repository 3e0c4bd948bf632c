/** Of Redis, with the jobs for the loop of seed-process.ts. */
export const SEED_LIST = "seed";
