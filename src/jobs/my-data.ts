import { z } from "zod";
import { interactionJob, type ConcurrencySlot, type RateLimit } from "./declaration.ts";
import { interaction } from "./references.ts";

const LIMIT: RateLimit = { points: 10, per: "hour", counts: "times" };
/** Each job reads all rows and keeps up to 50 MiB in memory. */
const SLOT: ConcurrencySlot = { concurrency: 2 };

const myData = z.object({ kind: z.literal("my-data"), interaction });
export type MyDataJob = z.infer<typeof myData>;

/** Sends a person everything that is stored about them. */
export const MY_DATA_JOB = interactionJob(myData, { limit: LIMIT, slot: SLOT, isPrivate: true });

const forget = z.object({
  kind: z.literal("forget"),
  interaction,
  /** Whether to remove the images that the person has added, too. */
  images: z.boolean().optional(),
});
export type ForgetJob = z.infer<typeof forget>;

/** Erases everything that is stored about a person, up to this interaction. */
export const FORGET_JOB = interactionJob(forget, { limit: LIMIT, slot: SLOT, isPrivate: true });
