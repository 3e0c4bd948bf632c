import type { HotdogJob, RoundJob } from "../../jobs/round.ts";
import { prioritize, type ImageOrder } from "../../labeling/priority.ts";
import { textsFor } from "../../texts/texts.ts";
import { giveWithEmoji } from "../give-with-emoji.ts";
import type { ImagePicture } from "../picture.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { roundMessage } from "../round-message.ts";
import type { AnswerTarget, JobContext } from "../run-job.ts";

const IMAGES_PER_ROUND = 4;
/** Number of candidates to try, of which some may not be displayable. */
const MAX_CANDIDATES = 40;

type RoundProject = Pick<ProjectInUse, "id" | "question" | "images" | "labelPriority" | "pseudonymsOf">;
type RoundContext = Pick<JobContext, "defaultOrder" | "log" | "makePictures"> & {
  answer: Pick<AnswerTarget, "give">;
  answers: Pick<JobContext["answers"], "tellPrivately">;
};

/** Posts a round of the hot dogs. */
export async function postHotdogRound(
  { choose, ...job }: HotdogJob,
  hotdogs: RoundProject,
  context: RoundContext,
): Promise<void> {
  await post({ ...job, order: choose ?? context.defaultOrder }, hotdogs, context);
}

/** Posts a round of the channel's project. */
export async function postRound(
  { choose = "needed", ...job }: RoundJob,
  project: RoundProject,
  context: RoundContext,
): Promise<void> {
  await post({ ...job, order: choose }, project, context);
}

type Asked = Pick<RoundJob, "interaction" | "roundLocale"> & { order: ImageOrder };

/**
 * Posts a round. If there is nothing to label, tells only the person who asked how to add images. A redelivery may choose
 * other images, because people have answered in between; a round that was already posted stays as it is.
 */
async function post(asked: Asked, project: RoundProject, context: RoundContext): Promise<void> {
  const { interaction, roundLocale } = asked;
  const images = await chooseImages(await findCandidates(asked, project), project, context);
  if (images.length === 0) {
    const t = textsFor(interaction.locale);
    const content = project.id === null ? t.hotdog.noImages : t.labeling.noImages;
    await context.answers.tellPrivately(interaction, { content });
    return;
  }
  const { id, question } = project;
  const round = { id: interaction.id, project: id, question, images };
  await giveWithEmoji(round, roundMessage, textsFor(roundLocale), context);
}

/** Lists images that this round may show, in order of preference. */
async function findCandidates(
  { interaction, order }: Asked,
  { images, labelPriority, pseudonymsOf }: RoundProject,
): Promise<string[]> {
  if (order === "random") return images.candidates(interaction.id);
  const [candidates, statusOf] = await Promise.all([
    images.candidates(interaction.id),
    labelPriority.statusesFor(pseudonymsOf(interaction.userId).labeler),
  ]);
  return statusOf === undefined ? candidates : prioritize(candidates, statusOf);
}

/**
 * Takes the first candidates that can be displayed, and skips images that were just removed or cannot be decoded.
 * @throws Error if there are candidates but none can be displayed, which is not the fault of one image
 */
async function chooseImages(
  candidates: readonly string[],
  { images }: RoundProject,
  { makePictures }: RoundContext,
): Promise<ImagePicture[]> {
  const chosen: ImagePicture[] = [];
  const remaining = candidates.slice(0, MAX_CANDIDATES);
  while (chosen.length < IMAGES_PER_ROUND && remaining.length > 0) {
    const names = remaining.splice(0, IMAGES_PER_ROUND - chosen.length);
    chosen.push(...(await makePictures(names, images, { has: images.hasListed })));
  }
  if (chosen.length === 0 && candidates.length > 0) throw new Error("none of the images can be displayed");
  return chosen;
}
