import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import { customIdsIn, imagesOnButtons } from "../../jobs/custom-id.ts";
import type { OfferRemovalJob, RemoveJob } from "../../jobs/remove.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { galleriesOf } from "../galleries.ts";
import type { OwnMessage, OwnMessageReference } from "../own-messages.ts";
import type { JobContext } from "../run-job.ts";
import { removeButton, withoutImages } from "../upload-message.ts";

/** Limit for edits of one message while others remove its other images at the same time. */
const MAX_EDITS = 10;

/** Shows a moderator images, each with a button that removes it from the set. */
export async function offerRemoval(job: OfferRemovalJob, context: JobContext): Promise<void> {
  const { interaction, images: names, uploadAnswerId } = job;
  const t = textsFor(interaction.locale);
  const message = await removalMessage({ names, uploadAnswerId, title: t.remove.offer }, t, context);
  await context.answer.give(message ?? { content: t.remove.none });
}

/** Removes an image from the set and updates the messages that offered it. Its labels are kept. */
export async function removeImage(job: RemoveJob, context: JobContext): Promise<void> {
  const { interaction, image, messageId, uploadAnswerId } = job;
  const t = textsFor(interaction.locale);
  const removed = await context.images.remove(image);
  if (uploadAnswerId !== undefined)
    await showRemoved({ interaction, messageId: uploadAnswerId, pressed: false }, t, context);
  const shown =
    messageId !== undefined && (await showRemoved({ interaction, messageId, pressed: true }, t, context));
  if (shown) return;
  // A redelivery finds nothing to remove because an earlier delivery removed the image.
  await context.answer.give({ content: removed || context.attempt > 1 ? t.remove.done : t.remove.gone });
}

/**
 * Edits a message until it shows which of its images are no longer in the set. It is read again after each edit, because
 * concurrent removals may overwrite each other's edits.
 * @returns false if the message is deleted or not accessible
 */
async function showRemoved(reference: OwnMessageReference, t: Texts, context: JobContext): Promise<boolean> {
  const { messages } = context.answers;
  for (let edits = 0; edits <= MAX_EDITS; edits += 1) {
    const message = await messages.read(reference);
    if (message === undefined) return edits > 0;
    const shown = imagesOnButtons(message.components);
    const there = await Promise.all(shown.map((name) => context.images.has(name)));
    const gone = new Set(shown.filter((_, index) => there[index] !== true));
    if (gone.size === 0) return true;
    const isOffer = (message.flags & MessageFlags.IsComponentsV2) !== 0;
    const changed = isOffer ? await offerWithout(message, gone, t, context) : withoutImages(message, gone);
    await messages.edit(reference, changed);
  }
  throw new Error(`the message still shows removed images after ${MAX_EDITS} edits`);
}

async function offerWithout(
  { components }: OwnMessage,
  gone: ReadonlySet<string>,
  t: Texts,
  context: JobContext,
): Promise<AnswerMessage & { components: object[] }> {
  const names = imagesOnButtons(components).filter((name) => !gone.has(name));
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

/** Returns undefined if none of the images can be displayed. */
async function removalMessage(
  { names, uploadAnswerId, title }: Offer,
  { remove: t }: Texts,
  { images, makePicture }: JobContext,
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
