import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import pLimit from "p-limit";
import type { OnProgress } from "../../labeling/choose-model.ts";
import type { ExportCounts } from "../../labeling/export-formats.ts";
import { findProject } from "../find-project.ts";
import { progressBar, type Output } from "../progress-bar.ts";
import { StartError } from "../../platform/start-error.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelBatch, StoredLabels } from "../../project/label-file.ts";
import { projectData } from "../../project/project.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { syncFolder } from "../../platform/folders.ts";
import type { LabelExport } from "./command.ts";
import { bytesOf, type ExportFile } from "../../export/export-file.ts";
import { newFolder, writeFile } from "./new-folder.ts";
import { prepareExport } from "../../export/prepare-export.ts";
import type { ExportImage, PreparedExport } from "../../export/format.ts";
import { prepareRawLabels } from "../../export/formats/labels.ts";

/** Images copied at the same time, all of which are in memory. */
const COPY_CONCURRENCY = 8;

const PERCENT = 100;

const RAW_WARNING = `This is the label file as it is stored, with the stored pseudonyms and the ids and times of presses and rounds. They lead from
Discord's messages to people. Keep it as safe as the store, and export without --raw for everyone else.
`;

interface Options extends Omit<LabelExport, "people"> {
  /** The probability of its label from which a hot dog image is settled. */
  hotdogsSettleAt: number;
  /** Reads or creates the key of this export's pseudonyms. Called only when the folder can be created. */
  readKey: () => Promise<string | Buffer>;
  stdout: Output;
  /** Ends the export when aborted, with nothing left behind. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Writes the labels of a store into a new folder, all or nothing, and prints what is in it.
 * @throws StartError when the folder is not empty, or there is nothing to export; the signal's reason; Error of the store
 */
export async function exportLabels(store: ObjectStore, options: Options): Promise<void> {
  const { format, imagesAt, out, raw, stdout, signal } = options;
  const { prefix, question } = await findProject(store, options.project, options.hotdogsSettleAt);
  const { images, readLabels, readTrust } = projectData(store, prefix);
  const labels = showProgress(await readLabels(question), options);
  let summary = "";
  await newFolder(out, async (folder) => {
    const prepared = raw
      ? await prepareRawLabels(labels, question)
      : await prepareExport({
          format,
          labels,
          question,
          trust: await readTrust(question),
          peopleKey: await options.readKey(),
          images,
          imagesAt,
          onProgress: modelProgress(options),
        });
    if (prepared === undefined)
      throw new StartError("There is nothing to export yet: nobody has labeled an image in the set.");
    const files = prepared.files(await copyImages(prepared.images, folder, images, options));
    for (const file of files) {
      const path = join(folder, file.name);
      await writeFile(path, bytesOf(file), signal);
      await syncFolder(dirname(path));
    }
    summary = summarize(files, prepared);
  });
  stdout.write(raw ? `${summary}${RAW_WARNING}` : summary);
}

/** Passes on the parts of the label file, and shows a progress bar meanwhile. */
async function* showProgress(
  { parts, batches }: StoredLabels,
  { stdout, now, signal }: Options,
): AsyncGenerator<LabelBatch> {
  const bar = progressBar(parts, { out: stdout, now });
  try {
    for await (const batch of batches) {
      signal.throwIfAborted();
      bar.step("");
      yield batch;
    }
  } finally {
    bar.end();
  }
}

/** Shows how far the choice of the model is. The bar appears with its first report. @throws the signal's reason once it is aborted */
function modelProgress({ stdout, now, signal }: Options): OnProgress {
  let bar: ReturnType<typeof progressBar> | undefined;
  let shown = 0;
  return (share) => {
    bar ??= progressBar(PERCENT, { out: stdout, now });
    for (; shown < Math.floor(share * PERCENT); shown += 1) bar.step("");
    if (share === 1 || signal.aborted) bar.end();
    signal.throwIfAborted();
  };
}

/**
 * Copies images, and finishes those under way before it fails.
 * @returns the images that somebody has removed from the set since it was listed
 */
async function copyImages(
  exported: readonly ExportImage[],
  folder: string,
  images: ImageSet,
  { stdout, now, signal }: Options,
): Promise<Set<string>> {
  const gone = new Set<string>();
  const folders = new Set(exported.map(({ name }) => join(folder, dirname(name))));
  for (const path of folders) await mkdir(path, { recursive: true });
  const bar = progressBar(exported.length, { out: stdout, now });
  const failed: unknown[] = [];
  await pLimit(COPY_CONCURRENCY).map(exported, async ({ image, name }) => {
    if (failed.length > 0) return;
    try {
      signal.throwIfAborted();
      const bytes = await images.read(image);
      if (bytes === undefined) gone.add(image);
      else await writeFile(join(folder, name), [bytes], signal);
      bar.step("");
    } catch (error) {
      failed.push(error);
    }
  });
  bar.end();
  if (failed.length > 0) throw failed[0];
  return gone;
}

/** Says what was written and what was left out. */
function summarize(files: readonly ExportFile[], { counts: count, method }: PreparedExport): string {
  const counts = count();
  const { images, people, removed, ties, unsure, excluded, gold = 0, unreadable } = counts;
  const included = [
    ...(images === undefined ? [] : [counted(images, "image")]),
    ...(gold > 0 ? [`${gold} of them gold (the first answer of each person counts)`] : []),
    answersIn(counts),
    ...(people === undefined ? [] : [people === 1 ? "1 person" : `${people} people`]),
  ];
  const leftOut = [
    ...(removed > 0 ? [`${counted(removed, "labeled image")} no longer in the set`] : []),
    ...(ties > 0 ? [`${counted(ties, "image")} without a likelier label`] : []),
    ...(unsure > 0 ? [`${counted(unsure, "answer")} that ${unsure === 1 ? "is" : "are"} not sure`] : []),
    ...(excluded > 0 ? [`${counted(excluded, "answer")} of excluded people`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, "row")} of the label file without an answer`] : []),
  ];
  const rest = leftOut.length === 0 ? "" : `left out: ${leftOut.join("; ")}\n`;
  return `wrote ${files.map(({ name }) => name).join(", ")}: ${included.join(", ")}\n${rest}${method === undefined ? "" : `${method}\n`}`;
}

function answersIn({ answers, given }: ExportCounts): string {
  if (answers === given) return counted(given, "answer");
  return `${answers} of ${counted(given, "answer")} (the last of each person to each image)`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
