import type { MessageUploadJob, UploadJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import { textsFor } from "../../texts/texts.ts";
import { addUploads, type UploadContext } from "../add-uploads.ts";
import type { Answers } from "../answers.ts";
import { refuseForeignFiles } from "../refuse-foreign.ts";
import { uploadMessage } from "../upload-message.ts";

/** Adds images to the set and tells what became of every file. */
export async function answerUpload(
  job: UploadJob | MessageUploadJob,
  { attempt, last }: Delivery,
  context: UploadContext & { answers: Answers },
): Promise<void> {
  refuseForeignFiles(job.files, context.cdnOrigins);
  const { answers } = context;
  const again = attempt > 1;
  // Since the answer somebody may have taken an image out again; it must not come back.
  if (again && (await isAnswered(job, answers))) return;
  const to = job.kind === "upload" ? job.interaction : job.message;
  const outcomes = await addUploads({ id: to.id, userId: to.userId, files: job.files }, context);
  if (!last && outcomes.some((became) => became.outcome === "refused" && became.refusal === "unreachable")) {
    throw new Error("an attachment could not be fetched");
  }
  const message = uploadMessage(outcomes, textsFor(to.locale), { removable: to.guildId !== null });
  if (job.kind === "message-upload") await answers.editReply(job.message, message, { again });
  else await answers.give(job.interaction, message, { again, late: "drop" });
}

async function isAnswered(job: UploadJob | MessageUploadJob, answers: Answers): Promise<boolean> {
  return job.kind === "upload" ? answers.isGiven(job.interaction) : answers.isReplied(job.message);
}
