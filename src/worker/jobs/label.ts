import { isDeepStrictEqual } from "node:util";
import { ComponentType } from "discord-api-types/v10";
import { customIdsIn, type CustomId } from "../../jobs/custom-id.ts";
import type { LabelBackJob, LabelDoneJob, LabelJob, LabelPressJob, LabelSkipJob } from "../../jobs/label.ts";
import type { InteractionReference } from "../../jobs/references.ts";
import { answersBy, lastAnswer, type OwnAnswer } from "../../labeling/own-answers.ts";
import { questionOf, type ProjectDefinition } from "../../project/definition.ts";
import { textsFor } from "../../texts/texts.ts";
import { giveWithEmoji } from "../give-with-emoji.ts";
import { aloneMessage, doneMessage } from "../labeling-alone/alone-message.ts";
import { findNext, type Next } from "../labeling-alone/find-next.ts";
import { button, textDisplay } from "../message-parts.ts";
import type { ImagePicture } from "../picture.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { isOffered } from "../question-texts.ts";
import type { JobContext } from "../run-job.ts";
import { saveAnswer, type PressOutcome } from "./press.ts";
import { progressMessage } from "./progress.ts";

/** Number of earlier images to try, of which some may have been removed. */
const MAX_EARLIER = 40;

/** Shows a person the first image of a session. */
export async function startLabeling(
  { interaction, messageId }: LabelJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const isStart = (id: CustomId): boolean => id.kind === "label-alone";
  if (messageId !== undefined && !(await shows({ interaction, messageId }, isStart, context))) return;
  const { labeler } = project.pseudonymsOf(interaction.userId);
  const session = interaction.id;
  const next = await findNext({ session, skips: 0, labeler }, project, context);
  await show(next, { session, interaction }, project, context);
}

/** Whether a project offers the answer. */
export function offersLabel({ press }: LabelPressJob, definition: ProjectDefinition): boolean {
  return isOffered(questionOf(definition), press.label);
}

/** Saves an answer and, once it is durable, shows the next image. */
export async function saveLabelPress(
  { interaction, messageId, press }: LabelPressJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { session, image, label, skips } = press;
  const t = textsFor(interaction.locale).label;
  const person = project.pseudonymsOf(interaction.userId);
  const { labeler } = person;
  await project.lockPerson(labeler, async () => {
    const isShown = await shows({ interaction, messageId }, isAbout(session, image), context);
    if (!isOffered(project.question, label)) {
      if (isShown) await showSame({ press, notice: t.noLabel }, interaction, project, context);
      return;
    }
    const row = { id: interaction.id, image, label, labeler, round: session };
    const leaving = { image, because: "answered" } as const;
    // The next image is found while the row is written.
    const finding = isShown ? findNext({ session, skips, labeler, leaving }, project, context) : undefined;
    finding?.catch(() => {});
    let outcome: PressOutcome;
    try {
      outcome = await saveAnswer(row, person, project);
    } catch (error) {
      const notice = context.last ? t.failed : t.unsaved;
      if (isShown && (context.attempt === 1 || context.last))
        await showSame({ press, notice }, interaction, project, context);
      throw error;
    }
    const next = await finding;
    const notice = { saved: undefined, removed: t.removed, erased: t.erased }[outcome];
    if (next !== undefined) await show(next, { session, interaction, notice }, project, context);
  });
}

/** Shows another image. */
export async function skipImage(
  { interaction, messageId, skip }: LabelSkipJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { session, image, skips } = skip;
  const { labeler } = project.pseudonymsOf(interaction.userId);
  await project.lockPerson(labeler, async () => {
    if (!(await shows({ interaction, messageId }, isAbout(session, image), context))) return;
    const leaving = { image, because: "skipped" } as const;
    const next = await findNext({ session, skips, labeler, leaving }, project, context);
    const isOnly = next.kind === "image" && next.isOnly;
    const notice = isOnly ? textsFor(interaction.locale).label.noOther : undefined;
    await show(next, { session, interaction, notice }, project, context);
  });
}

/** Shows an image that the person has answered, with the answer. */
export async function goBack(
  { interaction, messageId, back }: LabelBackJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { session, skips, before } = back;
  const texts = textsFor(interaction.locale);
  const { labeler } = project.pseudonymsOf(interaction.userId);
  await project.lockPerson(labeler, async () => {
    const isPressed = (id: CustomId): boolean =>
      id.kind === "label-back" && id.session === session && id.before === before;
    if (!(await shows({ interaction, messageId }, isPressed, context))) return;
    const answers = answersBy((await project.tally.read()).votes, labeler);
    const earlier = await earlierPicture(answers, before, project, context);
    if (earlier === undefined) {
      const next = await findNext({ session, skips, labeler }, project, context);
      await show(next, { session, interaction, notice: texts.label.noEarlier }, project, context);
      return;
    }
    const { picture, answer } = earlier;
    const shown = {
      ...{ session, project: project.id, question: project.question, picture, skips },
      answered: answers.length,
      canGoBack: lastAnswer(answers, answer.id) !== undefined,
      given: { label: answer.label, press: String(answer.id) },
    };
    await giveWithEmoji(shown, aloneMessage, texts, context);
  });
}

/** Ends a session, and says how many images the person has answered since it began. */
export async function endLabeling(
  { interaction, messageId, done }: LabelDoneJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const isPressed = (id: CustomId): boolean => isDeepStrictEqual(id, { kind: "label-done", ...done });
  const { labeler } = project.pseudonymsOf(interaction.userId);
  await project.lockPerson(labeler, async () => {
    if (!(await shows({ interaction, messageId }, isPressed, context))) return;
    const began = BigInt(done.session);
    const answers = answersBy((await project.tally.read()).votes, labeler);
    const count = answers.filter(({ id }) => id >= began).length;
    const texts = textsFor(interaction.locale);
    const title = `${texts.label.finished(count)}\n${texts.label.thanks}`;
    await context.answer.give(doneMessage({ project: project.id, title }, texts));
  });
}

function isAbout(session: string, image: string): (id: CustomId) => boolean {
  return (id) => "session" in id && id.session === session && "image" in id && id.image === image;
}

/**
 * Whether the message still shows what was pressed. Then this delivery may change it. Only a redelivery asks Discord: by then the
 * person may have gone on.
 */
async function shows(
  { interaction, messageId }: { interaction: InteractionReference; messageId: string },
  isPressed: (id: CustomId) => boolean,
  { attempt, answers }: JobContext,
): Promise<boolean> {
  if (attempt === 1) return true;
  const message = await answers.messages.read({ interaction, messageId, pressed: true });
  return message !== undefined && customIdsIn(message.components).some(isPressed);
}

interface Shown {
  session: string;
  interaction: InteractionReference;
  notice?: string | undefined;
}

async function show(next: Next, shown: Shown, project: ProjectInUse, context: JobContext): Promise<void> {
  const texts = textsFor(shown.interaction.locale);
  const { id, question } = project;
  if (next.kind === "image") {
    const { picture, skips, answered } = next;
    const { session, notice } = shown;
    const image = {
      session,
      project: id,
      question,
      picture,
      skips,
      answered,
      canGoBack: answered > 0,
      notice,
    };
    await giveWithEmoji(image, aloneMessage, texts, context);
  } else if (next.kind === "everything") await showEverything(shown, project, context);
  else {
    const { hotdog, labeling } = texts;
    await context.answer.give({ content: id === null ? hotdog.noImages : labeling.noImages });
  }
}

/** Says that no image needs answers from this person, with the project's progress. */
async function showEverything(
  { session, interaction, notice }: Shown,
  project: ProjectInUse,
  { answer, log }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const { label: t } = texts;
  const { components, ...report } = progressMessage(
    await project.reportProgress(texts, { ...project, log }),
    project,
    texts,
  );
  const title = [t.everything, ...(notice === undefined ? [] : [notice])].join("\n");
  const buttons = [
    button(t.back, { kind: "label-back", session, project: project.id, skips: 0 }),
    button(t.done, { kind: "label-done", session, project: project.id }),
  ];
  await answer.give({
    ...report,
    components: [textDisplay(title), ...components, { type: ComponentType.ActionRow, components: buttons }],
  });
}

/** Shows the image that the person has answered again, because the answer is not saved. */
async function showSame(
  { press, notice }: { press: LabelPressJob["press"]; notice: string },
  { locale }: InteractionReference,
  { id: project, question, images }: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { session, image, skips } = press;
  const [picture] = await context.makePictures([image], images, "canvas");
  if (picture === undefined) {
    await context.answer.give({ content: notice });
    return;
  }
  const shown = { session, project, question, picture, skips, answered: undefined, canGoBack: true, notice };
  await giveWithEmoji(shown, aloneMessage, textsFor(locale), context);
}

/** The last image before a press that the person has answered and that can be displayed. */
async function earlierPicture(
  answers: readonly OwnAnswer[],
  before: string | undefined,
  { images }: ProjectInUse,
  { makePictures }: JobContext,
): Promise<{ answer: OwnAnswer; picture: ImagePicture } | undefined> {
  let answer = lastAnswer(answers, before === undefined ? undefined : BigInt(before));
  for (let tries = 0; answer !== undefined && tries < MAX_EARLIER; tries += 1) {
    const [picture] = await makePictures([answer.image], images, "canvas");
    if (picture !== undefined) return { answer, picture };
    answer = lastAnswer(answers, answer.id);
  }
  return undefined;
}
