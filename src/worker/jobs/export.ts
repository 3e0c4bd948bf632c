import { setImmediate } from "node:timers/promises";
import { bytesOf, type ExportFile } from "../../export/export-file.ts";
import { isOnS3 } from "../../export/formats/ground-truth.ts";
import { prepareExport } from "../../export/prepare-export.ts";
import type { PreparedExport } from "../../export/format.ts";
import type { ExportJob } from "../../jobs/export.ts";
import type { ImageSet } from "../../project/image-set.ts";
import { projectPrefix } from "../../project/project.ts";
import { textsFor } from "../../texts/texts.ts";
import { roundCommand } from "../question-texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { compressToFit, MAX_ATTACHMENT_BYTES, type AnswerFile } from "../message-parts.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { zipExport } from "../zip-export.ts";

/** Larger label files are not exported on Discord. This is half a million rows, whose votes must fit in memory. */
const MAX_LABEL_BYTES = 100 * 1024 * 1024;
/** A text of more than 5 times the limit is not even compressed: gzip saves less than that on rows of hashes. */
const MAX_GZIP_RATIO = 5;
/** Limit for all files of one message: Discord accepts requests of 25 MiB, and the rest is for their other parts. */
const MAX_REQUEST_BYTES = 24 * 1024 * 1024;

/** Sends the labels of a project to one of its managers, privately. */
export async function answerExport(
  job: ExportJob,
  project: ProjectInUse,
  { answer, imagesAt }: JobContext,
): Promise<void> {
  if (await answer.isGiven()) return;
  await answer.give(await exportMessage(job, project, imagesAt(projectPrefix(project.id))));
}

async function exportMessage(
  { interaction, format, attachmentSizeLimit = MAX_ATTACHMENT_BYTES }: ExportJob,
  { id, question, images, readLabels, readTrust, exportKey }: ProjectInUse,
  imagesAt: string | undefined,
): Promise<AnswerMessage> {
  const texts = textsFor(interaction.locale);
  const t = texts.export;
  const options = `--format ${format}${id === null ? "" : ` --project ${id}`}`;
  if (format === "ground-truth" && !isOnS3(imagesAt)) return { content: t.needsS3(options) };
  const { bytes, batches: labels } = await readLabels(question);
  if (bytes > MAX_LABEL_BYTES) return { content: t.tooLarge(options) };
  // The same key for every delivery, so that a redelivery makes the same files.
  const peopleKey = exportKey(interaction.id);
  const trust = await readTrust(question);
  const prepared = await prepareExport({ format, labels, question, trust, peopleKey, images, imagesAt });
  if (prepared === undefined) return { content: t.nothing(roundCommand(id, texts)) };
  const files =
    format === "huggingface"
      ? await asZip(prepared, images, attachmentSizeLimit)
      : await asAttachments(prepared.files(new Set()), attachmentSizeLimit);
  if (files === undefined) return { content: t.tooLarge(options) };
  return { content: [t.done(format), ...t.counts(prepared.counts()), t.kept].join("\n"), files };
}

async function asZip(
  prepared: PreparedExport,
  images: ImageSet,
  limit: number,
): Promise<AnswerFile[] | undefined> {
  const data = await zipExport(prepared, images, Math.min(limit, MAX_REQUEST_BYTES));
  return data && [{ name: "huggingface.zip", data, contentType: "application/zip" }];
}

async function asAttachments(files: readonly ExportFile[], limit: number): Promise<AnswerFile[] | undefined> {
  const maxBytes = Math.min(limit, Math.floor(MAX_REQUEST_BYTES / files.length));
  const attached: AnswerFile[] = [];
  for (const { name, contentType, text } of files) {
    const data = await bytesWithin(MAX_GZIP_RATIO * maxBytes, text);
    const file = data && (await compressToFit({ name, data, contentType }, maxBytes));
    if (file === undefined) return undefined;
    attached.push(file);
  }
  return attached;
}

/** Encodes the text. Returns undefined, without making the rest of it, if it has more than `maxBytes`. */
async function bytesWithin(maxBytes: number, text: ExportFile["text"]): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytesOf({ text })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) return undefined;
    // Lets other jobs run in between.
    await setImmediate();
  }
  return Buffer.concat(chunks);
}
