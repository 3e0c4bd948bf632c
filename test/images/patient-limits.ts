import type { DecodingLimits } from "../../src/images/decoding-process.ts";

const DAY_MS = 86_400_000;

/** Limits for tests of something else. Decoding processes yield to all others, so that on a busy machine each step may take seconds. */
export const PATIENT_LIMITS: DecodingLimits = {
  startMs: DAY_MS,
  headerMs: DAY_MS,
  pictureMs: DAY_MS,
  residentBytes: () => Number.POSITIVE_INFINITY,
};
