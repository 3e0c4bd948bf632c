import type { CustomId } from "../../jobs/custom-id.ts";
import type { LabelBackJob } from "../../jobs/label.ts";
import { lastAnswer, type OwnAnswer } from "../../labeling/own-answers.ts";
import { textsFor } from "../../texts/texts.ts";
import { giveWithEmoji } from "../give-with-emoji.ts";
import { aloneMessage } from "../labeling-alone/alone-message.ts";
import { findNext } from "../labeling-alone/find-next.ts";
import { readHistory } from "../labeling-alone/own-history.ts";
import { afterPress, showNext } from "../labeling-alone/show.ts";
import type { ImagePicture } from "../picture.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";

/** Number of earlier images to try, of which some may have been removed. */
const MAX_EARLIER = 40;

/** Shows an image that the person has answered, with the answer. */
export async function goBack(job: LabelBackJob, project: ProjectInUse, context: JobContext): Promise<void> {
  const { interaction, back } = job;
  const { session, skips, before } = back;
  const isPressed = (id: CustomId): boolean =>
    id.kind === "label-back" && id.session === session && id.before === before;
  await afterPress(job, isPressed, project, context, async (labeler, isShown) => {
    if (!isShown) return;
    const texts = textsFor(interaction.locale);
    const { id, question, nameSeal } = project;
    const history = readHistory(labeler, project);
    const { answers } = await history;
    const earlier = await findEarlier(answers, before, project, context);
    if (earlier === undefined) {
      const next = await findNext({ session, skips, labeler, history }, project, context);
      await showNext(next, { session, interaction, notice: texts.label.noEarlier }, project, context);
      return;
    }
    const { picture, answer } = earlier;
    const shown = {
      session,
      project: id,
      question,
      picture,
      image: nameSeal.seal(session, picture.image),
      skips,
      answered: answers.length,
      canGoBack: lastAnswer(answers, answer.id) !== undefined,
      given: { label: answer.label, press: String(answer.id) },
    };
    await giveWithEmoji(shown, aloneMessage, texts, context);
  });
}

/** Finds the last image before a press that the person has answered and that can be displayed. */
async function findEarlier(
  answers: readonly OwnAnswer[],
  before: string | undefined,
  { images }: ProjectInUse,
  { makePictures }: JobContext,
): Promise<{ answer: OwnAnswer; picture: ImagePicture } | undefined> {
  let answer = lastAnswer(answers, before === undefined ? undefined : BigInt(before));
  for (let tries = 0; answer !== undefined && tries < MAX_EARLIER; tries += 1) {
    const [picture] = await makePictures([answer.image], images, { format: "canvas" });
    if (picture !== undefined) return { answer, picture };
    answer = lastAnswer(answers, answer.id);
  }
  return undefined;
}
