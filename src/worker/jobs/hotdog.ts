import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import type { HotdogJob } from "../../jobs/round.ts";
import { prioritize } from "../../labeling/priority.ts";
import { LABELS } from "../../labeling/votes.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { button, gallery, MUSTARD, pictureFile, textDisplay } from "../message-parts.ts";
import type { ImagePicture } from "../picture.ts";
import type { JobContext } from "../run-job.ts";

const IMAGES_PER_ROUND = 4;
/** Number of candidates to try, of which some may not be displayable. */
const MAX_CANDIDATES = 40;

type RoundContext = Pick<
  JobContext,
  "answer" | "defaultOrder" | "images" | "labelPriority" | "makePictures" | "pseudonymsOf"
> & { answers: Pick<JobContext["answers"], "tellPrivately"> };

/**
 * Posts a round. If there is nothing to label, tells only the person who asked how to add images. A redelivery may choose
 * other images, because people have answered in between; a round that was already posted stays as it is.
 */
export async function postRound(job: HotdogJob, context: RoundContext): Promise<void> {
  const { interaction, roundLocale } = job;
  const images = await chooseImages(await findCandidates(job, context), context);
  if (images.length === 0) {
    await context.answers.tellPrivately(interaction, textsFor(interaction.locale).hotdog.noImages);
    return;
  }
  await context.answer.give(roundMessage(interaction.id, images, textsFor(roundLocale)));
}

/** Lists images that this round may show, in order of preference. */
async function findCandidates(
  { interaction, choose }: HotdogJob,
  { images, labelPriority, pseudonymsOf, defaultOrder }: RoundContext,
): Promise<string[]> {
  if ((choose ?? defaultOrder) === "random") return images.candidates(interaction.id);
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
  { images, makePictures }: RoundContext,
): Promise<ImagePicture[]> {
  const chosen: ImagePicture[] = [];
  const remaining = candidates.slice(0, MAX_CANDIDATES);
  while (chosen.length < IMAGES_PER_ROUND && remaining.length > 0) {
    const names = remaining.splice(0, IMAGES_PER_ROUND - chosen.length);
    chosen.push(...(await makePictures(names, images)));
  }
  if (chosen.length === 0 && candidates.length > 0) throw new Error("none of the images can be displayed");
  return chosen;
}

/** One message: the question, then each image with its two buttons, which carry everything needed to act on a press. */
export function roundMessage(
  round: string,
  images: readonly ImagePicture[],
  { hotdog }: Texts,
): AnswerMessage {
  const t = hotdog.round;
  const shown = images.map(({ image, picture }, index) => {
    const position = index + 1;
    const file = pictureFile(position, picture);
    const buttons = LABELS.map((label) =>
      button(t.labels[label], { kind: "press", round, position, image, label, project: null }),
    );
    const components: APIComponentInContainer[] = [
      textDisplay(t.image(position)),
      gallery(file, t.alt(position, images.length)),
      { type: ComponentType.ActionRow, components: buttons },
    ];
    return { file, components };
  });
  const components = [textDisplay(t.question), ...shown.flatMap((each) => each.components)];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files: shown.map(({ file }) => file),
  };
}
