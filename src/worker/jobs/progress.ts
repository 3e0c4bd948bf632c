import type { Log } from "../../platform/log.ts";
import type { ProgressJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelTally } from "../../project/label-tally.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";
import type { ProgressReport } from "../progress/progress-report.ts";
import { progressMessage } from "../progress/message.ts";

interface ProgressContext {
  answers: Pick<Answers, "give">;
  images: ImageSet;
  tally: LabelTally;
  showProgress: ProgressReport;
  log: Log;
}

/** Answers with how far the labelling has come, in the asker's language. */
export async function answerProgress(
  { interaction }: ProgressJob,
  { attempt }: Delivery,
  { answers, showProgress, ...sources }: ProgressContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const message = progressMessage(await showProgress(texts, sources), texts);
  await answers.give(interaction, message, { again: attempt > 1, late: "drop" });
}
