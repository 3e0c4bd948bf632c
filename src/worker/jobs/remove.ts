import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIComponentInContainer,
} from "discord-api-types/v10";
import { customIdsIn, imagesOnButtons } from "../../jobs/custom-id.ts";
import type { OfferRemovalJob, RemoveJob } from "../../jobs/remove.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { editUntilShown, type MessageChange } from "../edit-message.ts";
import { changeUploadAnswer } from "../edit-upload-answer.ts";
import { button, gallery, pictureFile, textDisplay } from "../message-parts.ts";
import type { OwnComponent, OwnMessage, OwnMessageReference } from "../own-messages.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { fileNumber, withOutcomes } from "../upload-message.ts";

/** Shows a moderator images, each with a button that removes it from the project. */
export async function offerRemoval(
  { interaction, images: names, uploadAnswerId }: OfferRemovalJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const t = textsFor(interaction.locale);
  const offer = { names, uploadAnswerId, title: t.remove.ask(names.length) };
  const message = await removalMessage(offer, project, t, context);
  await context.answer.give(message ?? { content: t.remove.none });
}

/** Removes an image from its project and updates the messages that offered it. Its labels are kept. */
export async function removeImage(
  { interaction, image, messageId, uploadAnswerId }: RemoveJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const t = textsFor(interaction.locale);
  const removed = await project.images.remove(image);
  if (uploadAnswerId !== undefined)
    await showRemoved({ interaction, messageId: uploadAnswerId, pressed: false }, project, t, context);
  if (
    messageId !== undefined &&
    (await showRemoved({ interaction, messageId, pressed: true }, project, t, context))
  )
    return;
  // A redelivery finds nothing to remove because an earlier delivery removed the image.
  await context.answer.give({ content: removed || context.attempt > 1 ? t.remove.done : t.remove.gone });
}

/**
 * Edits a message until it shows which of its images are no longer in the set.
 * @returns false if the message is deleted or not accessible
 */
async function showRemoved(
  reference: Extract<OwnMessageReference, { interaction: object }>,
  project: ProjectInUse,
  t: Texts,
  context: JobContext,
): Promise<boolean> {
  const { answers, makePictures } = context;
  return editUntilShown(reference, answers.messages, async (message) => {
    const shown = removableImages(message.components, project);
    const exists = await Promise.all(shown.map((name) => project.images.has(name)));
    const gone = new Set(shown.filter((_, index) => exists[index] !== true));
    const isOffer = (message.flags & MessageFlags.IsComponentsV2) !== 0;
    const removable = reference.interaction.guildId !== null;
    if (!isOffer) return withoutImages(message, gone, project, { removable, makePictures });
    return gone.size === 0 ? undefined : offerWithout(message, gone, project, t, context);
  });
}

/** What to change in the answer to an upload after these images were removed. */
async function withoutImages(
  message: OwnMessage,
  gone: ReadonlySet<string>,
  project: ProjectInUse,
  options: Parameters<typeof changeUploadAnswer>[3],
): Promise<MessageChange | undefined> {
  const isGone = (shown: OwnComponent): boolean => imagesOnButtons([shown]).some((image) => gone.has(image));
  const buttons = message.components.flatMap((row) => row.components ?? []);
  const changes = buttons
    .filter(isGone)
    .flatMap((shown) => fileNumber(shown) ?? [])
    .map((position) => ({ outcome: "removed", position }) as const);
  const components = message.components.map((row) => ({
    ...row,
    components: row.components?.filter((shown) => !isGone(shown)) ?? [],
  }));
  const emptied = { ...message, components };
  const changed = await changeUploadAnswer(emptied, changes, project, options);
  // A button of an earlier version may have no number.
  if (changed === undefined && gone.size > 0)
    return withOutcomes(emptied, [], { ...options, project: project.id });
  return changed;
}

/** The removal message without images that are gone, or a text if none is left. */
async function offerWithout(
  { components }: OwnMessage,
  gone: ReadonlySet<string>,
  project: ProjectInUse,
  t: Texts,
  context: JobContext,
): Promise<AnswerMessage & { components: object[] }> {
  const names = removableImages(components, project).filter((name) => !gone.has(name));
  const uploadAnswerId = customIdsIn(components)
    .flatMap((id) => (id.kind === "remove" || id.kind === "drop" ? [id.uploadAnswer] : []))
    .at(0);
  const title = `${t.remove.taken}\n${t.remove.ask(names.length)}`;
  const message = await removalMessage({ names, uploadAnswerId, title }, project, t, context);
  return message ?? { flags: MessageFlags.IsComponentsV2, components: [textDisplay(t.remove.doneAll)] };
}

/** The images of the project that a message's buttons remove. */
function removableImages(components: OwnMessage["components"], { id: project }: ProjectInUse): string[] {
  return customIdsIn(components).flatMap((id) =>
    (id.kind === "remove" || id.kind === "drop") && id.project === project ? [id.image] : [],
  );
}

/** Returns undefined if none of the images can be displayed. */
async function removalMessage(
  offer: { names: readonly string[]; uploadAnswerId: string | undefined; title: string },
  { id: project, images }: ProjectInUse,
  { remove: t }: Texts,
  { makePictures }: JobContext,
): Promise<(AnswerMessage & { components: object[] }) | undefined> {
  const { names, uploadAnswerId, title } = offer;
  const shown = (await makePictures(names, images)).map(({ image, picture }, index) => {
    const file = pictureFile(index + 1, picture);
    const drop = { kind: "drop", image, project, uploadAnswer: uploadAnswerId } as const;
    const remove = button(t.remove, drop, ButtonStyle.Danger);
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
