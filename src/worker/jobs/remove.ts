import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import { customIdsIn, imagesOnButtons } from "../../jobs/custom-id.ts";
import type { OfferRemovalJob, RemoveJob } from "../../jobs/remove.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { button, gallery, pictureFile, textDisplay } from "../message-parts.ts";
import type { OwnMessage, OwnMessageReference } from "../own-messages.ts";
import type { JobContext } from "../run-job.ts";
import { withoutImages } from "../upload-message.ts";

/** Limit for edits of one message while others remove its other images at the same time. */
const MAX_EDITS = 10;

/** Shows a moderator images, each with a button that removes it from the set. */
export async function offerRemoval(job: OfferRemovalJob, context: JobContext): Promise<void> {
  const { interaction, images: names, uploadAnswerId } = job;
  const t = textsFor(interaction.locale);
  if (interaction.rights?.moderateHotdogs !== true) {
    await context.answer.give({ content: t.remove.notAllowed });
    return;
  }
  const message = await removalMessage({ names, uploadAnswerId, title: t.remove.offer }, t, context);
  await context.answer.give(message ?? { content: t.remove.none });
}

/** Removes an image from the set and updates the messages that offered it. Its labels are kept. */
export async function removeImage(job: RemoveJob, context: JobContext): Promise<void> {
  const { interaction, image, project, messageId, uploadAnswerId } = job;
  const t = textsFor(interaction.locale);
  if (project !== null) {
    await context.answer.give({ content: t.press.unknown });
    return;
  }
  if (interaction.rights?.moderateHotdogs !== true) {
    await context.answer.give({ content: t.remove.notAllowed });
    return;
  }
  const removed = await context.images.remove(image);
  if (uploadAnswerId !== undefined)
    await showRemoved({ interaction, messageId: uploadAnswerId, pressed: false }, t, context);
  if (messageId !== undefined && (await showRemoved({ interaction, messageId, pressed: true }, t, context)))
    return;
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
    const exists = await Promise.all(shown.map((name) => context.images.has(name)));
    const gone = new Set(shown.filter((_, index) => exists[index] !== true));
    if (gone.size === 0) return true;
    const isOffer = (message.flags & MessageFlags.IsComponentsV2) !== 0;
    const changed = isOffer ? await offerWithout(message, gone, t, context) : withoutImages(message, gone);
    await messages.edit(reference, changed);
  }
  throw new Error(`the message still shows removed images after ${MAX_EDITS} edits`);
}

/** The removal message without images that are gone, or a text if none is left. */
async function offerWithout(
  { components }: OwnMessage,
  gone: ReadonlySet<string>,
  t: Texts,
  context: JobContext,
): Promise<AnswerMessage & { components: object[] }> {
  const names = imagesOnButtons(components).filter((name) => !gone.has(name));
  const uploadAnswerId = customIdsIn(components).find((id) => id.kind === "remove")?.uploadAnswer;
  const title = `${t.remove.offer}\n${t.remove.taken}`;
  const message = await removalMessage({ names, uploadAnswerId, title }, t, context);
  return message ?? { flags: MessageFlags.IsComponentsV2, components: [textDisplay(t.remove.doneAll)] };
}

/** Returns undefined if none of the images can be displayed. */
async function removalMessage(
  offer: { names: readonly string[]; uploadAnswerId: string | undefined; title: string },
  { remove: t }: Texts,
  { images, makePictures }: JobContext,
): Promise<(AnswerMessage & { components: object[] }) | undefined> {
  const { names, uploadAnswerId, title } = offer;
  const shown = (await makePictures(names, images)).map(({ image, picture }, index) => {
    const file = pictureFile(index + 1, picture);
    const remove = button(t.remove, { kind: "remove", image, project: null, uploadAnswer: uploadAnswerId });
    const components: APIComponentInContainer[] = [
      gallery(file, String(index + 1)),
      { type: ComponentType.ActionRow, components: [remove] },
    ];
    return { file, components };
  });
  if (shown.length === 0) return undefined;
  const components = shown.flatMap((each) => each.components);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [textDisplay(title), { type: ComponentType.Container, components }],
    files: shown.map(({ file }) => file),
  };
}
