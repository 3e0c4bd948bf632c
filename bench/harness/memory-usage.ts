import { z } from "zod";
import type { MemoryUsage } from "./process-usage.ts";

/** What a process answers that is asked for its memory. */
export const memoryUsage: z.ZodType<MemoryUsage> = z.object({
  rss: z.number(),
  afterGc: z.number(),
  objects: z.number(),
});
