import type { HotdogJob } from "../../queue/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../store/image-set.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";
import type { PictureMaker } from "../picture.ts";
import { roundMessage, type RoundImage } from "../round-message.ts";

const IMAGES_IN_ROUND = 4;

interface HotdogContext {
  answers: Answers;
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

/** Takes candidates in turn; one that was removed a moment ago, or is no picture, gives its place to the next. */
async function choose(id: string, images: ImageSet, makePicture: PictureMaker): Promise<RoundImage[]> {
  const chosen: RoundImage[] = [];
  const candidates = await images.candidates(id);
  while (chosen.length < IMAGES_IN_ROUND && candidates.length > 0) {
    const names = candidates.splice(0, IMAGES_IN_ROUND - chosen.length);
    const pictures = await Promise.all(names.map((name) => displayed(name, images, makePicture)));
    chosen.push(...pictures.filter((picture) => picture !== undefined));
  }
  return chosen;
}

async function displayed(
  image: string,
  images: ImageSet,
  makePicture: PictureMaker,
): Promise<RoundImage | undefined> {
  const stored = await images.read(image);
  const picture = stored === undefined ? undefined : await makePicture(stored);
  return picture === undefined ? undefined : { image, picture };
}
