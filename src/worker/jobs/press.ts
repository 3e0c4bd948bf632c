import type { PressJob } from "../../jobs/press.ts";
import { LABELS } from "../../labeling/votes.ts";
import type { LabelRow } from "../../project/label-file.ts";
import type { RowOwner } from "../../project/pseudonyms.ts";
import { textsFor } from "../../texts/texts.ts";
import type { JobContext } from "../run-job.ts";

type PressContext = Pick<JobContext, "answer" | "images" | "labels" | "erasure" | "pseudonymsOf">;

/** "removed": the image is no longer in the set; "erased": the person has since erased their data. */
type PressOutcome = "saved" | "removed" | "erased";

/** Saves a person's answer to an image and, once it is durable, tells them so. */
export async function savePress({ interaction, press }: PressJob, context: PressContext): Promise<void> {
  const { round, position, image, project } = press;
  const { hotdog, press: t } = textsFor(interaction.locale);
  const label = LABELS.find((each) => each === press.label);
  if (project !== null || label === undefined) {
    await context.answer.give({ content: t.unknown });
    return;
  }
  const person = context.pseudonymsOf(interaction.userId);
  const { labeler } = person;
  const outcome = await save({ id: interaction.id, image, label, labeler, round }, person, context);
  const content = {
    saved: t.saved(position, hotdog.round.labels[label]),
    removed: t.removed,
    erased: t.erased,
  }[outcome];
  await context.answer.give({ content });
}

async function save(row: LabelRow, person: RowOwner, context: PressContext): Promise<PressOutcome> {
  const { images, labels, erasure } = context;
  const { tombstone } = person;
  if (!(await images.has(row.image))) return outcomeForRemovedImage(row, tombstone, context);
  const appended = await labels.append(row, person);
  if (appended === "erased") return "erased";
  if (appended !== "present") return "saved";
  // An earlier delivery wrote the row, which may have been erased since.
  return (await erasure.isErased(tombstone, row.id)) ? "erased" : "saved";
}

/** An earlier delivery, also of a retried dead letter, may have saved the answer before the image was removed. */
async function outcomeForRemovedImage(
  { id }: LabelRow,
  tombstone: string,
  { labels, erasure }: PressContext,
): Promise<PressOutcome> {
  if (await erasure.isErased(tombstone, id)) return "erased";
  return (await labels.has(id)) ? "saved" : "removed";
}
