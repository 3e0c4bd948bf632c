import { z } from "zod";
import { EXPORT_FORMATS } from "../labeling/export-formats.ts";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob } from "./declaration.ts";
import { interaction } from "./references.ts";

const exportLabels = z.object({
  kind: z.literal("export"),
  interaction,
  format: z.literal(EXPORT_FORMATS),
  /** The project that the pressed button is of. By default, that of the channel. */
  project: snowflake.optional(),
  /** Discord's limit for one file, in bytes, from the interaction. */
  attachmentSizeLimit: z.int().positive().optional(),
});
export type ExportJob = z.infer<typeof exportLabels>;

/** Sends the labels as files. Each export reads all labels into memory. */
export const EXPORT_JOB = interactionJob(exportLabels, {
  isPrivate: true,
  limit: { points: 10, per: "hour", counts: "times" },
  slot: { concurrency: 1 },
});
