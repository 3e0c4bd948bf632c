import type { LabelPressJob } from "../../jobs/label.ts";
import type { LabelRow } from "../../project/label-file.ts";
import { textsFor } from "../../texts/texts.ts";
import { giveWithEmoji } from "../give-with-emoji.ts";
import { aloneMessage } from "../labeling-alone/alone-message.ts";
import { findNext } from "../labeling-alone/find-next.ts";
import { readHistory, verdictOn } from "../labeling-alone/own-history.ts";
import { afterPress, isAbout, showNext } from "../labeling-alone/show.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { canAnswer, saveAnswer, type PressOutcome } from "./press.ts";

/** Saves an answer and, once it is durable, shows the next image, which is found while the row is written. */
export async function saveLabelPress(
  job: LabelPressJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { interaction, press } = job;
  const { session, label, skips } = press;
  const image = project.nameSeal.unseal(session, press.image);
  const texts = textsFor(interaction.locale);
  const t = texts.label;
  await afterPress(job, isAbout(press), project, context, async (labeler, isShown) => {
    if (!(await canAnswer(interaction.id, label, project))) {
      if (isShown) await showAgain(job, t.noLabel, project, context);
      return;
    }
    const row = { id: interaction.id, image, label, labeler, round: session };
    if (!isShown) {
      await save(row, job, isShown, project, context);
      return;
    }
    const leaving = { image, because: "answered" } as const;
    const history = readHistory(labeler, project, { allowErased: true });
    const finding = findNext({ session, skips, labeler, history, leaving }, project, context);
    finding.catch(() => {});
    const outcome = await save(row, job, isShown, project, context);
    const next = await finding;
    const verdict = verdictOn(row, await history, project, texts);
    const notice = { saved: verdict, removed: t.removed, erased: t.erased }[outcome];
    await showNext(next, { session, interaction, notice }, project, context);
  });
}

/** Saves an answer. If that fails, the same image stays, and says so the first and the last time. @throws Error if it fails */
async function save(
  row: LabelRow,
  job: LabelPressJob,
  isShown: boolean,
  project: ProjectInUse,
  context: JobContext,
): Promise<PressOutcome> {
  const { interaction } = job;
  const { attempt, last } = context;
  try {
    return await saveAnswer(row, project.pseudonymsOf(interaction.userId), project);
  } catch (error) {
    const { label: t } = textsFor(interaction.locale);
    if (isShown && (attempt === 1 || last))
      await showAgain(job, last ? t.failed : t.unsaved, project, context).catch((failure: unknown) => {
        context.log.error({ err: failure }, "the person could not be told that the answer is not saved");
      });
    throw error;
  }
}

/** Shows the pressed image again, with a notice. */
async function showAgain(
  { interaction, press }: LabelPressJob,
  notice: string,
  { id: project, question, images, nameSeal }: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { session, image, skips } = press;
  const name = nameSeal.unseal(session, image);
  const [picture] = await context.makePictures([name], images, { format: "canvas" });
  if (picture === undefined) {
    await context.answer.give({ content: notice });
    return;
  }
  const shown = {
    session,
    project,
    question,
    picture,
    image: nameSeal.seal(session, name),
    skips,
    answered: undefined,
    canGoBack: true,
    notice,
  };
  await giveWithEmoji(shown, aloneMessage, textsFor(interaction.locale), context);
}
