import type { HotdogJob } from "../../jobs/hotdog.ts";
import { prioritize } from "../../labeling/priority.ts";
import { textsFor } from "../../texts/texts.ts";
import { roundMessage, type RoundImage } from "../round-message.ts";
import type { JobContext } from "../run-job.ts";

const IMAGES_PER_ROUND = 4;
const MAX_CANDIDATES = 40;

type HotdogContext = Pick<
  JobContext,
  "answer" | "choose" | "images" | "makePicture" | "needs" | "pseudonymsOf"
> & {
  answers: Pick<JobContext["answers"], "tellPrivately">;
};

/**
 * Posts a round. If there is nothing to label, tells only the person who asked how to add images. A redelivery may choose
 * other images, because people have answered in between; a round that was already posted stays as it is.
 */
export async function postRound(job: HotdogJob, context: HotdogContext): Promise<void> {
  const { interaction, roundLocale } = job;
  const images = await displayable(await candidatesFor(job, context), context);
  if (images.length === 0) {
    await context.answers.tellPrivately(interaction, textsFor(interaction.locale).hotdog.noImages);
    return;
  }
  await context.answer.give(roundMessage(interaction.id, images, textsFor(roundLocale)));
}

/** The images that this round may show, best first. */
async function candidatesFor(
  { interaction, choose }: HotdogJob,
  { images, needs, pseudonymsOf, choose: byDefault }: HotdogContext,
): Promise<string[]> {
  if ((choose ?? byDefault) === "random") return images.candidates(interaction.id);
  const [candidates, statusOf] = await Promise.all([
    images.candidates(interaction.id),
    needs.of(pseudonymsOf(interaction.userId).labeler),
  ]);
  return statusOf === undefined ? candidates : prioritize(candidates, statusOf);
}

/**
 * The first candidates that can be displayed, skipping images that were just removed or cannot be decoded.
 * @throws Error if there are candidates but none can be displayed: then something else is wrong
 */
async function displayable(
  all: readonly string[],
  { images, makePicture }: HotdogContext,
): Promise<RoundImage[]> {
  const chosen: RoundImage[] = [];
  const candidates = all.slice(0, MAX_CANDIDATES);
  for (let next = 0; chosen.length < IMAGES_PER_ROUND && next < candidates.length;) {
    const names = candidates.slice(next, next + IMAGES_PER_ROUND - chosen.length);
    next += names.length;
    const pictures = await Promise.all(
      names.map(async (image) => ({ image, picture: await makePicture(image, () => images.read(image)) })),
    );
    chosen.push(
      ...pictures.flatMap(({ image, picture }) => (picture === undefined ? [] : [{ image, picture }])),
    );
  }
  if (chosen.length === 0 && candidates.length > 0) throw new Error("none of the images can be shown");
  return chosen;
}
