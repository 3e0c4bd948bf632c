import type { Project } from "../../project/project.ts";
import type { PressJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { Erasure } from "../../project/erasure.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelFile } from "../../project/label-file.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";

interface PressContext {
  answers: Pick<Answers, "give">;
  images: ImageSet;
  labels: LabelFile;
  erasure: Pick<Erasure, "isErased">;
  pseudonymsOf: Project["pseudonymsOf"];
}

/** Keeps a person's answer and, once it is durable, tells them so. */
export async function keepPress(
  { interaction, press }: PressJob,
  { attempt }: Delivery,
  { answers, images, labels, erasure, pseudonymsOf }: PressContext,
): Promise<void> {
  const { hotdog, press: t } = textsFor(interaction.locale);
  const { round, position, label, image } = press;
  const again = attempt > 1;
  const { labeler, tombstone } = pseudonymsOf(interaction.userId);
  const inSet = await images.has(image);
  const { id } = interaction;
  const row = { id, image, label, labeler, round };
  const became = inSet ? await labels.append(row, tombstone) : "not in the set";
  // The image may have been removed between two deliveries, of which the first has saved.
  const saved = inSet || (again && (await labels.has(id)));
  // What an earlier delivery has written may be gone since.
  const late = became === "present" || (!inSet && again);
  const forgotten = became === "erased" || (late && (await erasure.isErased(tombstone, id)));
  const content = forgotten ? t.forgotten : saved ? t.saved(position, hotdog.round.labels[label]) : t.removed;
  await answers.give(interaction, { content }, { again, late: "drop" });
}
