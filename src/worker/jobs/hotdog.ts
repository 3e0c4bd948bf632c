import type { HotdogJob } from "../../queue/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../store/image-set.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";
import type { PictureMaker } from "../picture.ts";
import { roundMessage, type RoundImage } from "../round-message.ts";

const IMAGES_IN_ROUND = 4;
const MOST_TRIED = 40;

interface HotdogContext {
  answers: Pick<Answers, "give" | "tellPrivately">;
  images: ImageSet;
  makePicture: PictureMaker;
}

/** Posts a round; when there is nothing to label, tells the asker privately how to change that. */
export async function postRound(
  { interaction, roundLocale }: HotdogJob,
  { attempt }: Delivery,
  { answers, images, makePicture }: HotdogContext,
): Promise<void> {
  const chosen = await choose(interaction.id, images, makePicture);
  if (chosen.length === 0) {
    await answers.tellPrivately(interaction, textsFor(interaction.locale).hotdog.noImages);
    return;
  }
  const message = roundMessage(interaction.id, chosen, textsFor(roundLocale));
  await answers.give(interaction, message, { again: attempt > 1, late: "drop" });
}

/**
 * Takes candidates in turn; one that was removed a moment ago, or is no picture, gives its place to the next.
 * @throws when there are candidates and none of those tried can be shown: then something else is wrong
 */
async function choose(id: string, images: ImageSet, makePicture: PictureMaker): Promise<RoundImage[]> {
  const chosen: RoundImage[] = [];
  const candidates = (await images.candidates(id)).slice(0, MOST_TRIED);
  for (let next = 0; chosen.length < IMAGES_IN_ROUND && next < candidates.length;) {
    const names = candidates.slice(next, next + IMAGES_IN_ROUND - chosen.length);
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
