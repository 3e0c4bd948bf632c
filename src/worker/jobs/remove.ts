import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import type { OfferRemovalJob, RemoveJob } from "../../queue/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../store/image-set.ts";
import { textsFor } from "../../texts/texts.ts";
import type { AnswerMessage, Answers } from "../answers.ts";
import type { PictureMaker } from "../picture.ts";
import { galleriesOf } from "../galleries.ts";
import { removeButton } from "../upload-message.ts";

interface RemoveContext {
  answers: Answers;
  images: ImageSet;
  makePicture: PictureMaker;
}

/** Takes an image out of the set; its labels stay. */
export async function removeImage(
  { interaction, image }: RemoveJob,
  { attempt }: Delivery,
  { answers, images }: RemoveContext,
): Promise<void> {
  const t = textsFor(interaction.locale).remove;
  const removed = await images.remove(image);
  // A redelivery finds nothing left to remove, and has removed it itself.
  const content = removed || attempt > 1 ? t.done : t.gone;
  await answers.give(interaction, { content }, { again: attempt > 1, late: "drop" });
}

/** Shows the images of a message, each with a button to take it out of the set. */
export async function offerRemoval(
  { interaction, images: names }: OfferRemovalJob,
  { attempt }: Delivery,
  { answers, images, makePicture }: RemoveContext,
): Promise<void> {
  const t = textsFor(interaction.locale).remove;
  const shown = await Promise.all(
    names.map(async (image) => {
      const picture = await makePicture(image, () => images.read(image));
      return picture === undefined ? [] : [{ image, picture }];
    }),
  );
  const message = shown.flat().length === 0 ? { content: t.none } : removalMessage(shown.flat(), t);
  await answers.give(interaction, message, { again: attempt > 1, late: "drop" });
}

function removalMessage(
  shown: readonly { image: string; picture: Buffer }[],
  t: { offer: string; remove: string },
): AnswerMessage {
  const { files, galleries } = galleriesOf(
    shown.map(({ picture }, index) => ({ picture, alt: String(index + 1) })),
  );
  const components = shown.flatMap(({ image }, index): APIComponentInContainer[] => [
    ...galleries.slice(index, index + 1),
    { type: ComponentType.ActionRow, components: [removeButton(image, t.remove)] },
  ]);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      { type: ComponentType.TextDisplay, content: t.offer },
      { type: ComponentType.Container, components },
    ],
    files,
  };
}
