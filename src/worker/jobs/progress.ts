import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import type { ProgressJob } from "../../jobs/progress.ts";
import type { Progress } from "../../labeling/progress.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import { roundCommand } from "../question-texts.ts";
import { gallery, MUSTARD, textDisplay, type AnswerFile } from "../message-parts.ts";
import type { ProgressReport } from "../progress/progress-report.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { AnswerTarget, JobContext } from "../run-job.ts";
import type { ComponentMessage } from "../settings-message.ts";

export type ReportedProject = Pick<
  ProjectInUse,
  "id" | "question" | "images" | "tally" | "trust" | "reportProgress"
>;

/** Posts how far the labeling of a project has come, in the language of the person who asked. */
export async function answerProgress(
  { interaction }: ProgressJob,
  project: ReportedProject,
  { answer, log }: Pick<JobContext, "log"> & { answer: Pick<AnswerTarget, "give"> },
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const report = await project.reportProgress(texts, { ...project, log });
  await answer.give(progressMessage(report, project, texts));
}

/** Gives the figures in words, then the picture with an alternative text. */
export function progressMessage(
  { progress, picture }: ProgressReport,
  project: ReportedProject,
  texts: Texts,
): ComponentMessage {
  const { title, notes } = texts.progress;
  const components: APIComponentInContainer[] = [
    textDisplay([title, ...lines(progress, project, texts)].join("\n")),
  ];
  const files: AnswerFile[] = [];
  if (picture !== undefined) {
    const file = { name: "progress.png", data: picture.png, contentType: "image/png" };
    files.push(file);
    components.push(gallery(file, picture.alt));
  }
  if (progress.answers > 0) components.push(textDisplay(notes));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files,
  };
}

function lines(progress: Progress, { id }: ReportedProject, texts: Texts): string[] {
  const t = texts.progress;
  const noImages = id === null ? texts.hotdog.noImages : texts.labeling.noImages;
  const { images, answers, unsure, people, alpha, reading } = progress;
  if (answers === 0) return [images === 0 ? noImages : t.unlabeled(images, roundCommand(id, texts))];
  return [
    ...(images === 0 ? [noImages] : [t.images(progress), t.remaining(progress)]),
    t.answers(answers, people, unsure),
    t.agreement(alpha, t.readings[reading]),
  ];
}
