/** Labeling alone: one image at a time, in one private message that each press changes. */
import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";
import { interactionJob, pressedMessage } from "./declaration.ts";
import { PRESS_LIMIT } from "./press.ts";
import { answer, interaction, shownImage, skips } from "./references.ts";

/**
 * How long a message must have shown an image before a press counts, in milliseconds: the image may have changed under the finger.
 */
export const MIN_VIEW_MS = 250;

const project = snowflake.nullable();
/** The private message whose component was used, and which shows the result. */
const messageId = snowflake;

/** The id of the interaction that began it; the rows have it as their round. */
const session = snowflake;
const shown = z.object({ session, image: shownImage, project, skips });

/** Presses are as frequent as those of rounds, and share their limit. */
const OFTEN = {
  limit: PRESS_LIMIT,
  logLevel: "debug",
  recipient: pressedMessage,
} as const;

const label = z.object({
  kind: z.literal("label"),
  interaction,
  /** The project that the pressed button is of. By default, that of the channel. */
  project: project.optional(),
  /** By default, the answer is a new message. */
  messageId: messageId.optional(),
});
export type LabelJob = z.infer<typeof label>;

/** Shows a person the first image of a session. */
export const LABEL_JOB = interactionJob(label, {
  limit: { points: 10, per: "minute", counts: "times" },
  recipient: pressedMessage,
});

const labelPress = z.object({
  kind: z.literal("label-press"),
  interaction,
  messageId,
  press: shown.extend({ label: answer }),
});
export type LabelPressJob = z.infer<typeof labelPress>;

/** Saves an answer and shows the next image. */
export const LABEL_PRESS_JOB = interactionJob(labelPress, OFTEN);

const labelSkip = z.object({ kind: z.literal("label-skip"), interaction, messageId, skip: shown });
export type LabelSkipJob = z.infer<typeof labelSkip>;

/** Shows another image. */
export const LABEL_SKIP_JOB = interactionJob(labelSkip, OFTEN);

const labelBack = z.object({
  kind: z.literal("label-back"),
  interaction,
  messageId,
  back: z.object({ session, project, skips, before: snowflake.optional() }),
});
export type LabelBackJob = z.infer<typeof labelBack>;

/** Shows an image that the person has answered, with the answer. */
export const LABEL_BACK_JOB = interactionJob(labelBack, OFTEN);

const labelDone = z.object({
  kind: z.literal("label-done"),
  interaction,
  messageId,
  done: z.object({ session, project }),
});
export type LabelDoneJob = z.infer<typeof labelDone>;

/** Ends a session, and says how many images the person has answered in it. */
export const LABEL_DONE_JOB = interactionJob(labelDone, OFTEN);
