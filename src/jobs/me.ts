import { z } from "zod";
import { interactionJob } from "./declaration.ts";
import { interaction } from "./references.ts";

const me = z.object({ kind: z.literal("me"), interaction });
export type MeJob = z.infer<typeof me>;

/** Tells a person how well they label, privately. */
export const ME_JOB = interactionJob(me, {
  isPrivate: true,
  limit: { points: 10, per: "minute", counts: "times" },
});
