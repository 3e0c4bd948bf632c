import type { DecideJob, ReviewJob } from "../../jobs/review.ts";
import type { UploadId } from "../../project/upload-file.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { reviewMessage } from "../review-message.ts";
import type { JobContext } from "../run-job.ts";
import { settlePending } from "../settle-pending.ts";

/** Shows a moderator the images that wait for approval. */
export async function showReview(
  { interaction }: ReviewJob,
  project: ProjectInUse,
  { answer, makePictures }: JobContext,
): Promise<void> {
  await answer.give(await reviewMessage(project, makePictures, textsFor(interaction.locale)));
}

/** Approves or rejects images. The moderator's message then shows what else waits, and the answers to the senders follow. */
export async function decideImages(
  { interaction, images, approve }: DecideJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const { answer, attempt, makePictures, settling } = context;
  const wanted = approve ? "approved" : "rejected";
  const asked = new Set(images);
  const waiting = (await project.pending.waiting()).filter(({ image }) => asked.has(image));
  // An earlier delivery may have stopped when only records were left.
  const left = attempt > 1 ? await project.pending.withoutImage() : [];
  const done = new Set<string>();
  const decided: UploadId[] = [];
  for (const one of waiting) {
    const record = await project.pending.decide(one, wanted);
    if (record === undefined) continue;
    decided.push(one);
    if (record.decision === wanted) done.add(one.image);
  }
  await settlePending([...decided, ...left], project, settling);
  // A redelivery finds nothing to decide about because an earlier delivery has done it.
  const count = attempt > 1 ? images.length : done.size;
  const notice = noticeOf({ approve, count, late: images.length - count }, textsFor(interaction.locale));
  await answer.give(await reviewMessage(project, makePictures, textsFor(interaction.locale), notice));
}

function noticeOf(
  { approve, count, late }: { approve: boolean; count: number; late: number },
  { review: t }: Texts,
): string {
  return [
    ...(count > 0 ? [approve ? t.approved(count) : t.rejected(count)] : []),
    ...(late > 0 ? [t.late(late)] : []),
  ].join(" ");
}
