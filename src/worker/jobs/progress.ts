import type { ProgressJob } from "../../jobs/progress.ts";
import { textsFor } from "../../texts/texts.ts";
import { progressMessage } from "../progress/message.ts";
import type { JobContext } from "../run-job.ts";

type ProgressContext = Pick<JobContext, "answer" | "images" | "log" | "showProgress" | "tally">;

/** Posts how far the labeling has come, in the language of the person who asked. */
export async function answerProgress({ interaction }: ProgressJob, context: ProgressContext): Promise<void> {
  const texts = textsFor(interaction.locale);
  const report = await context.showProgress(texts, context);
  await context.answer.give(progressMessage(report, texts));
}
