import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import { customIdsIn, imagesIn } from "../../jobs/custom-id.ts";
import type { OfferRemovalJob, RemoveJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../project/image-set.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { AnswerMessage, Answers } from "../answers.ts";
import type { OwnMessage, OwnPlace } from "../own-messages.ts";
import type { PictureMaker } from "../picture.ts";
import { galleriesOf } from "../galleries.ts";
import { removeButton, withoutImages } from "../upload-message.ts";

/** Edits of one message, where others take out its other images at the same moments. */
const MAX_EDITS = 10;

interface RemoveContext {
  answers: Answers;
  images: ImageSet;
  makePicture: PictureMaker;
}

/** Takes an image out of the set; its labels stay. The messages that offered it show so. */
export async function removeImage(
  { interaction, image, messageId, uploadAnswerId }: RemoveJob,
  { attempt }: Delivery,
  context: RemoveContext,
): Promise<void> {
  const { answers, images } = context;
  const t = textsFor(interaction.locale);
  const removed = await images.remove(image);
  if (uploadAnswerId !== undefined)
    await showRemoved({ interaction, messageId: uploadAnswerId, pressed: false }, t, context);
  if (messageId === undefined) {
    // A redelivery finds nothing left to remove, and has removed it itself.
    const content = removed || attempt > 1 ? t.remove.done : t.remove.gone;
    await answers.give(interaction, { content }, { again: attempt > 1, late: "drop" });
  } else if (!(await showRemoved({ interaction, messageId, pressed: true }, t, context))) {
    await answers.messages.tellBeside(interaction, t.remove.done);
  }
}

/** Shows the images of a message, each with a button to take it out of the set. */
export async function offerRemoval(
  { interaction, images: names, uploadAnswerId }: OfferRemovalJob,
  { attempt }: Delivery,
  { answers, ...context }: RemoveContext,
): Promise<void> {
  const t = textsFor(interaction.locale);
  const message = await removalMessage({ names, uploadAnswerId, title: t.remove.offer }, t, context);
  await answers.give(interaction, message ?? { content: t.remove.none }, {
    again: attempt > 1,
    late: "drop",
  });
}

/**
 * Lets a message show which of its images are no longer in the set. What it shows follows from the set alone, and it is read
 * again after each edit: several removals at once may overwrite each other's edits, and the last one sees to it that all show.
 * @returns false when the message is gone or out of reach
 */
async function showRemoved(
  place: OwnPlace,
  t: Texts,
  { answers: { messages }, ...context }: RemoveContext,
): Promise<boolean> {
  for (let edits = 0; edits <= MAX_EDITS; edits += 1) {
    const message = await messages.read(place);
    if (message === undefined) return edits > 0;
    const shown = imagesIn(message.components);
    const there = await Promise.all(shown.map((name) => context.images.has(name)));
    const gone = new Set(shown.filter((_, index) => there[index] !== true));
    if (gone.size === 0) return true;
    const isOffer = (message.flags & MessageFlags.IsComponentsV2) !== 0;
    const changed = isOffer ? await offerWithout(message, gone, t, context) : withoutImages(message, gone);
    await messages.edit(place, changed);
  }
  throw new Error("the message does not stay as it was edited");
}

async function offerWithout(
  { components }: OwnMessage,
  gone: ReadonlySet<string>,
  t: Texts,
  context: Omit<RemoveContext, "answers">,
): Promise<AnswerMessage & { components: object[] }> {
  const names = imagesIn(components).filter((name) => !gone.has(name));
  const offered = customIdsIn(components).find((id) => id.kind === "remove");
  const uploadAnswerId = offered?.uploadAnswer;
  const title = `${t.remove.offer}\n${t.remove.taken}`;
  const message = await removalMessage({ names, uploadAnswerId, title }, t, context);
  const done = { type: ComponentType.TextDisplay, content: t.remove.doneAll } as const;
  return message ?? { flags: MessageFlags.IsComponentsV2, components: [done] };
}

interface Offer {
  names: readonly string[];
  uploadAnswerId: string | undefined;
  title: string;
}

/** undefined when none of the images can be shown */
async function removalMessage(
  { names, uploadAnswerId, title }: Offer,
  { remove: t }: Texts,
  { images, makePicture }: Omit<RemoveContext, "answers">,
): Promise<(AnswerMessage & { components: object[] }) | undefined> {
  const found = await Promise.all(
    names.map(async (image) => {
      const picture = await makePicture(image, () => images.read(image));
      return picture === undefined ? [] : [{ image, picture }];
    }),
  );
  const shown = found.flat();
  if (shown.length === 0) return undefined;
  const { files, galleries } = galleriesOf(
    shown.map(({ picture }, index) => ({ picture, alt: String(index + 1) })),
  );
  const components = shown.flatMap(({ image }, index): APIComponentInContainer[] => {
    const button = removeButton(image, t.remove, uploadAnswerId);
    const row: APIComponentInContainer = { type: ComponentType.ActionRow, components: [button] };
    const gallery = galleries[index];
    return gallery === undefined ? [row] : [gallery, row];
  });
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      { type: ComponentType.TextDisplay, content: title },
      { type: ComponentType.Container, components },
    ],
    files,
  };
}
