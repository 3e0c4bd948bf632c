import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, type RateLimit } from "./declaration.ts";
import { answer, image, interaction, position, project } from "./references.ts";

/** The limit of answers, in rounds and alone. */
export const PRESS_LIMIT: RateLimit = { points: 10, per: "second", counts: "times" };

const press = z.object({
  kind: z.literal("press"),
  interaction,
  /** From the custom id of the pressed button. */
  press: z.object({ round: snowflake, position, label: answer, image, project }),
});
export type PressJob = z.infer<typeof press>;

/** Saves a person's answer to one image of a round. */
export const PRESS_JOB = interactionJob(press, {
  isPrivate: true,
  limit: PRESS_LIMIT,
  // There may be a thousand presses a second.
  logLevel: "debug",
});
