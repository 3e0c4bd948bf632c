import type { Log } from "../../log.ts";
import type { MessageUploadJob, UploadJob } from "../../queue/job.ts";
import type { Delivery, JobSender } from "../../queue/queue.ts";
import { textsFor } from "../../texts/texts.ts";
import { addUploads, type UploadContext } from "../add-uploads.ts";
import type { Answers } from "../answers.ts";
import type { UploadGate } from "../upload-gate.ts";
import { uploadMessage } from "../upload-message.ts";

type AnyUploadJob = UploadJob | MessageUploadJob;

/** Adds images to the set and tells what became of every file. */
export async function answerUpload(
  job: AnyUploadJob,
  { attempt }: Delivery,
  context: UploadContext & { answers: Answers },
): Promise<void> {
  const again = attempt > 1;
  const to = job.kind === "upload" ? job.interaction : job.message;
  const outcomes = await addUploads({ id: to.id, userId: to.userId, files: job.files }, { again }, context);
  const message = uploadMessage(outcomes, textsFor(to.locale));
  if (job.kind === "message-upload") await context.answers.editReply(job.message, message);
  else await context.answers.give(job.interaction, message, { again, late: "drop" });
}

/** Does the work of an upload, or sends its job back to the queue when enough of them are at work. */
export async function whenThereIsRoom(
  job: AnyUploadJob,
  { uploadGate, jobs, log }: { uploadGate: UploadGate; jobs: JobSender; log: Log },
  work: () => Promise<void>,
): Promise<void> {
  const later = await uploadGate.through(work);
  if (later === undefined) return;
  await jobs.send(job, { delay: later.comeAgainIn });
  log.debug("no place for another upload; it comes again");
}
