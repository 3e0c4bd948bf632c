import { isDeepStrictEqual } from "node:util";
import type { CustomId } from "../../jobs/custom-id.ts";
import type { LabelDoneJob, LabelJob, LabelSkipJob } from "../../jobs/label.ts";
import { answersBy } from "../../labeling/own-answers.ts";
import { textsFor } from "../../texts/texts.ts";
import { doneMessage } from "../labeling-alone/alone-message.ts";
import { findNext } from "../labeling-alone/find-next.ts";
import { readHistory } from "../labeling-alone/own-history.ts";
import { afterPress, isAbout, showNext } from "../labeling-alone/show.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";

/** Shows a person the first image of a session, in a new message or in that of an earlier session. */
export async function startLabeling(
  { interaction, messageId }: LabelJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const session = interaction.id;
  async function start(labeler: string, isShown = true): Promise<void> {
    if (!isShown) return;
    const history = readHistory(labeler, project);
    const next = await findNext({ session, skips: 0, labeler, history }, project, context);
    await showNext(next, { session, interaction }, project, context);
  }
  if (messageId !== undefined)
    return afterPress({ interaction, messageId }, isStart, project, context, start);
  const { labeler } = project.pseudonymsOf(interaction.userId);
  return project.lockPerson(labeler, () => start(labeler));
}

function isStart({ kind }: CustomId): boolean {
  return kind === "label-alone";
}

/** Shows another image. */
export async function skipImage(
  job: LabelSkipJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { interaction, skip } = job;
  const { session, skips } = skip;
  const image = project.nameSeal.unseal(session, skip.image);
  await afterPress(job, isAbout(skip), project, context, async (labeler, isShown) => {
    if (!isShown) return;
    const leaving = { image, because: "skipped" } as const;
    const history = readHistory(labeler, project, { allowErased: true });
    const next = await findNext({ session, skips, labeler, history, leaving }, project, context);
    const isOnly = next.kind === "image" && next.isOnly;
    const notice = isOnly ? textsFor(interaction.locale).label.noOther : undefined;
    await showNext(next, { session, interaction, notice }, project, context);
  });
}

/** Ends a session, and says how many images the person has answered since it began. */
export async function endLabeling(
  job: LabelDoneJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { interaction, done } = job;
  const isPressed = (id: CustomId): boolean => isDeepStrictEqual(id, { kind: "label-done", ...done });
  await afterPress(job, isPressed, project, context, async (labeler, isShown) => {
    if (!isShown) return;
    const { votes } = await project.tally.read();
    const began = BigInt(done.session);
    const count = answersBy(votes, labeler).filter(({ id }) => id >= began).length;
    const texts = textsFor(interaction.locale);
    const title = `${texts.label.finished(count)}\n${texts.label.thanks}`;
    project.sessions.end(done.session);
    await context.answer.give(doneMessage({ project: project.id, title }, texts));
  });
}
