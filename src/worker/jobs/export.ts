import { setImmediate } from "node:timers/promises";
import { bytesOf, type ExportFile } from "../../export/formats/export-file.ts";
import { isOnS3 } from "../../export/formats/images-at.ts";
import { prepareExport } from "../../export/prepare-export.ts";
import type { PreparedExport } from "../../export/prepared-export.ts";
import type { ExportJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { Project } from "../../project/project.ts";
import { textsFor } from "../../texts/texts.ts";
import type { AnswerMessage, Answers } from "../answers.ts";
import { attachable, MAX_ATTACHMENT } from "../attachable.ts";
import { zipExport } from "../zip-export.ts";

/** Bytes of label files of which an export is tried, of half a million rows: what is in memory of their votes is bounded by them. */
const MOST_LABELS = 100 * 1024 * 1024;
/** Times as large as allowed a text may be: many more bytes than gzip saves on rows of hashes would be made for nothing. */
const MOST_SAVED = 5;
/** Bytes of all files of one request, less what is around them. */
const MAX_REQUEST = 24 * 1024 * 1024;

type Files = NonNullable<AnswerMessage["files"]>;

interface ExportContext {
  answers: Pick<Answers, "give" | "isGiven">;
  images: ImageSet;
  readLabels: Project["readLabels"];
  exportKey: Project["exportKey"];
  /** The address of the folder of the images, where others can be told one. */
  imagesAt: string | undefined;
}

/** Sends a moderator the labels, privately. */
export async function answerExport(
  job: ExportJob,
  { attempt }: Delivery,
  context: ExportContext,
): Promise<void> {
  const { answers } = context;
  const again = attempt > 1;
  if (again && (await answers.isGiven(job.interaction))) return;
  const message = await exportMessage(job, context);
  await answers.give(job.interaction, message, { again, late: "drop" });
}

async function exportMessage(
  { interaction, format, attachmentSizeLimit = MAX_ATTACHMENT }: ExportJob,
  { images, readLabels, exportKey, imagesAt }: ExportContext,
): Promise<AnswerMessage> {
  const t = textsFor(interaction.locale).export;
  if (format === "ground-truth" && !isOnS3(imagesAt)) return { content: t.needsS3 };
  const { bytes, batches: labels } = await readLabels();
  if (bytes > MOST_LABELS) return { content: t.tooLarge(format) };
  // A second delivery makes the same files.
  const peopleKey = exportKey(interaction.id);
  const prepared = await prepareExport({ format, labels, peopleKey, images, imagesAt });
  if (prepared === undefined) return { content: t.nothing };
  const files =
    format === "huggingface"
      ? await asZip(prepared, images, attachmentSizeLimit)
      : await asAttachments(prepared.files(new Set()), attachmentSizeLimit);
  if (files === undefined) return { content: t.tooLarge(format) };
  return { content: [t.done(format), ...t.counts(prepared.counts()), t.kept].join("\n"), files };
}

async function asZip(prepared: PreparedExport, images: ImageSet, limit: number): Promise<Files | undefined> {
  const data = await zipExport(prepared, images, Math.min(limit, MAX_REQUEST));
  return data && [{ name: "huggingface.zip", data, contentType: "application/zip" }];
}

async function asAttachments(files: readonly ExportFile[], limit: number): Promise<Files | undefined> {
  const most = Math.min(limit, Math.floor(MAX_REQUEST / files.length));
  const attached: Files = [];
  for (const { name, contentType, text } of files) {
    const data = await bytesWithin(MOST_SAVED * most, text);
    const file = data && (await attachable({ name, data, contentType }, most));
    if (file === undefined) return undefined;
    attached.push(file);
  }
  return attached;
}

/** undefined when there are more than `most` of them, of which the rest is not made. */
async function bytesWithin(most: number, text: ExportFile["text"]): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytesOf({ text })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) return undefined;
    // Others wait for the same thread.
    await setImmediate();
  }
  return Buffer.concat(chunks);
}
