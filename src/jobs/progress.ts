import { z } from "zod";
import { interactionJob } from "./declaration.ts";
import { interaction } from "./references.ts";

const progress = z.object({ kind: z.literal("progress"), interaction });
export type ProgressJob = z.infer<typeof progress>;

/** Posts how far the labeling has come. */
export const PROGRESS_JOB = interactionJob(progress, {
  limit: { points: 10, per: "minute", counts: "times" },
});
