import { MessageFlags } from "discord-api-types/v10";
import { customIdsIn } from "../../jobs/custom-id.ts";
import type { OfferGoldJob, SetGoldJob } from "../../jobs/gold.ts";
import type { Trust } from "../../labeling/trust.ts";
import { questionOf, type ProjectDefinition } from "../../project/definition.ts";
import { textsFor } from "../../texts/texts.ts";
import { giveWithEmoji } from "../give-with-emoji.ts";
import { goldPanel } from "../gold-panel.ts";
import { textDisplay } from "../message-parts.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";

/** Limit for edits of one message while somebody chooses the gold answers of its other images. */
const MAX_EDITS = 10;

/** Shows a moderator the images of a round, each with its gold answer and a select menu to change it. */
export async function offerGold(
  { interaction, images }: OfferGoldJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { gold } = await project.readTrust(project.question);
  const isShown = await showGold({ names: images, gold }, interaction.locale, project, context);
  if (!isShown) await context.answer.give({ content: textsFor(interaction.locale).gold.allGone });
}

/** Whether a project has the label, so that it need not be read again from the store. */
export function hasGoldLabel({ label }: SetGoldJob, definition: ProjectDefinition): boolean {
  return isGoldLabel(label, questionOf(definition).labels);
}

function isGoldLabel(label: number | null, labels: readonly string[]): boolean {
  return label === null || label < labels.length;
}

/** Saves a gold answer. Once it is durable, the message shows it. */
export async function setGold(
  { interaction, image, label, messageId }: SetGoldJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { answer, answers, attempt } = context;
  const t = textsFor(interaction.locale).gold;
  if (!isGoldLabel(label, project.question.labels)) {
    await answer.give({ content: t.noLabel });
    return;
  }
  // An earlier delivery may have saved the answer before the image left the set.
  const isGone = label !== null && attempt === 1 && !(await project.images.has(image));
  if (isGone) await answer.give({ content: t.gone });
  else await project.gold.set({ id: interaction.id, image, label: label ?? undefined });
  const message = await answers.messages.read({ interaction, messageId, pressed: true });
  if (message === undefined) return;
  const names = customIdsIn(message.components).flatMap((id) =>
    id.kind === "gold" && id.project === project.id ? [id.image] : [],
  );
  await showCurrentGold({ names, saved: image }, interaction.locale, project, context);
}

/**
 * Edits a message until it shows the gold answers as they are. They are read again after each edit, because several choices in one
 * message, perhaps done by several workers, may overwrite each other's edits.
 */
async function showCurrentGold(
  panel: { names: readonly string[]; saved: string },
  locale: string,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const read = async (): Promise<Trust["gold"]> => (await project.readTrust(project.question)).gold;
  let gold = await read();
  for (let edits = 0; edits < MAX_EDITS; edits += 1) {
    if (!(await showGold({ ...panel, gold }, locale, project, context))) {
      const components = [textDisplay(textsFor(locale).gold.allGone)];
      await context.answer.give({ flags: MessageFlags.IsComponentsV2, components });
      return;
    }
    const current = await read();
    const before = gold;
    if (panel.names.every((image) => current.get(image) === before.get(image))) return;
    gold = current;
  }
  throw new Error(`the message does not show the current gold answers after ${MAX_EDITS} edits`);
}

/** Shows those of the images that can be displayed. @returns false if none can be */
async function showGold(
  { names, gold, saved }: { names: readonly string[]; gold: Trust["gold"]; saved?: string },
  locale: string,
  project: ProjectInUse,
  context: JobContext,
): Promise<boolean> {
  const { id, question } = project;
  const images = await context.makePictures(names, project.images);
  if (images.length === 0) return false;
  const panel = { project: id, question, images, gold, ...(saved !== undefined && { saved }) };
  await giveWithEmoji(panel, goldPanel, textsFor(locale), context);
  return true;
}
