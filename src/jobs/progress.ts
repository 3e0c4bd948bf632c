import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob } from "./declaration.ts";
import { interaction } from "./references.ts";

const progress = z.object({
  kind: z.literal("progress"),
  interaction,
  /** The project that the pressed button is of. By default, that of the channel. */
  project: snowflake.nullable().optional(),
});
export type ProgressJob = z.infer<typeof progress>;

/** Posts how far the labeling has come. Whoever presses a button is alone in seeing it. */
export const PROGRESS_JOB = interactionJob(progress, {
  recipient: ({ interaction: asked, project }) => ({
    via: "interaction",
    interaction: asked,
    late: "drop",
    isPrivate: project !== undefined,
  }),
  limit: { points: 10, per: "minute", counts: "times" },
});
