import type { Choice } from "../../labeling/choice.ts";
import type { Project } from "../../project/project.ts";
import { prioritize } from "../../labeling/priority.ts";
import type { HotdogJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../project/image-set.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";
import type { Needs } from "../label-priority.ts";
import type { PictureMaker } from "../picture.ts";
import { roundMessage, type RoundImage } from "../round-message.ts";

const IMAGES_IN_ROUND = 4;
const MOST_TRIED = 40;

interface HotdogContext {
  answers: Pick<Answers, "give" | "tellPrivately">;
  images: ImageSet;
  needs: Needs;
  /** Where the asker has not said. */
  choose: Choice;
  pseudonymsOf: Project["pseudonymsOf"];
  makePicture: PictureMaker;
}

/**
 * Posts a round; when there is nothing to label, tells the asker privately how to change that. A second delivery may choose
 * other images for a needed round, since people have answered in between. It is no other round for that: once one has been
 * posted it stays as it is, so all see the same images, and each button says by itself which of them it is for.
 */
export async function postRound(
  job: HotdogJob,
  { attempt }: Delivery,
  { answers, ...context }: HotdogContext,
): Promise<void> {
  const { interaction, roundLocale } = job;
  const chosen = await shown(await candidatesFor(job, context), context);
  if (chosen.length === 0) {
    await answers.tellPrivately(interaction, textsFor(interaction.locale).hotdog.noImages);
    return;
  }
  const message = roundMessage(interaction.id, chosen, textsFor(roundLocale));
  await answers.give(interaction, message, { again: attempt > 1, late: "drop" });
}

/** In the order in which this round takes them. */
async function candidatesFor(
  { interaction, choose }: HotdogJob,
  { images, needs, pseudonymsOf, choose: usual }: Omit<HotdogContext, "answers">,
): Promise<string[]> {
  if ((choose ?? usual) === "random") return images.candidates(interaction.id);
  const [candidates, statusOf] = await Promise.all([
    images.candidates(interaction.id),
    needs.of(pseudonymsOf(interaction.userId).labeler),
  ]);
  return statusOf === undefined ? candidates : prioritize(candidates, statusOf);
}

/**
 * Takes candidates in turn; one that was removed a moment ago, or is no picture, gives its place to the next.
 * @throws when there are candidates and none of those tried can be shown: then something else is wrong
 */
async function shown(
  all: readonly string[],
  { images, makePicture }: Pick<HotdogContext, "images" | "makePicture">,
): Promise<RoundImage[]> {
  const chosen: RoundImage[] = [];
  const candidates = all.slice(0, MOST_TRIED);
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
