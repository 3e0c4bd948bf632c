import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob } from "./declaration.ts";
import { answer, image, interaction, position, project } from "./references.ts";

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
  limit: { points: 10, per: "second", counts: "times" },
  // There may be a thousand presses a second.
  logLevel: "debug",
});
