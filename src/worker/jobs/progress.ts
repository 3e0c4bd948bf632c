import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import type { ProgressJob } from "../../jobs/progress.ts";
import type { Progress } from "../../labeling/progress.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { gallery, MUSTARD, textDisplay, type AnswerFile } from "../message-parts.ts";
import type { ProgressReport } from "../progress/progress-report.ts";
import type { JobContext } from "../run-job.ts";

type ProgressContext = Pick<
  JobContext,
  "answer" | "images" | "log" | "question" | "reportProgress" | "tally"
>;

/** Posts how far the labeling has come, in the language of the person who asked. */
export async function answerProgress({ interaction }: ProgressJob, context: ProgressContext): Promise<void> {
  const texts = textsFor(interaction.locale);
  const report = await context.reportProgress(texts, context);
  await context.answer.give(progressMessage(report, texts));
}

/** Gives the figures in words, then the picture with an alternative text. */
function progressMessage({ progress, picture }: ProgressReport, texts: Texts): AnswerMessage {
  const { title, notes } = texts.progress;
  const components: APIComponentInContainer[] = [textDisplay([title, ...lines(progress, texts)].join("\n"))];
  const files: AnswerFile[] = [];
  if (picture !== undefined) {
    const file = { name: "progress.png", data: picture.png, contentType: "image/png" };
    files.push(file);
    components.push(gallery(file, picture.alt));
  }
  if (progress.answers > 0) components.push(textDisplay(notes[progress.method]));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files,
  };
}

function lines(progress: Progress, { progress: t, hotdog }: Texts): string[] {
  const { images, answers, unsure, people, alpha, reading } = progress;
  const [none, , , byMore] = progress.byPeople;
  const labeled = images - none;
  if (answers === 0) return [images === 0 ? hotdog.noImages : t.unlabeled(images)];
  return [
    images === 0 ? hotdog.noImages : t.images(images, labeled, byMore),
    t.answers(answers, people, unsure),
    t.agreement(alpha, t.readings[reading]),
    ...(labeled > 0 ? t.methods[progress.method](progress) : []),
  ];
}
