import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import pLimit from "p-limit";
import type { ExportCounts } from "../../labeling/export-formats.ts";
import { progressBar, type Out } from "../progress-bar.ts";
import { StartError } from "../../platform/start-error.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelBatch, StoredLabels } from "../../project/label-file.ts";
import { HOTDOG_PREFIX, projectData } from "../../project/project.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { syncFolder } from "../../platform/folders.ts";
import type { LabelExport } from "./command.ts";
import { bytesOf } from "../../export/export-file.ts";
import { newFolder, placeOf, writeFile } from "./new-folder.ts";
import { prepareExport } from "../../export/prepare-export.ts";
import type { ExportImage, PreparedExport } from "../../export/format.ts";
import { prepareRawLabels } from "../../export/formats/labels.ts";

/** Images copied at the same time, all of which are in memory. */
const COPY_CONCURRENCY = 8;

const RAW_WARNING = `This is the label file as it is stored, with the stored pseudonyms and the ids and times of presses and rounds. They lead from
Discord's messages to people. Keep it as safe as the store, and export without --raw for everyone else.
`;

interface Options extends Omit<LabelExport, "people"> {
  /** Reads or creates the key of this export's pseudonyms. Called only when the folder can be created. */
  peopleKey: () => Promise<string | Buffer>;
  /** Opens the store. Called only when the folder can be created. */
  open: () => Promise<ObjectStore>;
  out: string;
  show: Out;
  /** Ends the export when aborted, with nothing left behind. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Writes the labels of a store into a new folder, all or nothing, and prints what is in it.
 * @throws StartError when the folder is not empty, or there is nothing to export; the signal's reason; Error of the store
 */
export async function exportLabels({ open, ...options }: Options): Promise<void> {
  const { format, imagesAt, out, raw, show, signal } = options;
  await placeOf(out);
  const { images, readLabels } = projectData(await open(), HOTDOG_PREFIX);
  const labels = showProgress(await readLabels(), options);
  let summary = "";
  await newFolder(out, async (folder) => {
    const prepared = raw
      ? await prepareRawLabels(labels)
      : await prepareExport({ format, labels, peopleKey: await options.peopleKey(), images, imagesAt });
    if (prepared === undefined)
      throw new StartError("There is nothing to export yet: nobody has labeled an image in the set.");
    const gone = await copyImages(prepared.images, folder, images, options);
    summary = await writeTexts(prepared, gone, folder, signal);
  });
  show.write(raw ? `${summary}${RAW_WARNING}` : summary);
}

/** Passes on the parts of the label file, and shows a progress bar meanwhile. */
async function* showProgress(
  { parts, batches }: StoredLabels,
  { show, now, signal }: Pick<Options, "show" | "now" | "signal">,
): AsyncGenerator<LabelBatch> {
  const bar = progressBar(parts, { out: show, now });
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

/**
 * Copies images, and finishes those under way before it fails.
 * @returns the images that somebody has removed from the set since it was listed
 */
async function copyImages(
  exported: readonly ExportImage[],
  folder: string,
  images: ImageSet,
  { show, now, signal }: Pick<Options, "show" | "now" | "signal">,
): Promise<Set<string>> {
  const gone = new Set<string>();
  const folders = new Set(exported.map(({ name }) => join(folder, dirname(name))));
  for (const path of folders) await mkdir(path, { recursive: true });
  const bar = progressBar(exported.length, { out: show, now });
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

async function writeTexts(
  { files, counts }: PreparedExport,
  gone: ReadonlySet<string>,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const texts = files(gone);
  for (const file of texts) {
    const path = join(folder, file.name);
    await writeFile(path, bytesOf(file), signal);
    await syncFolder(dirname(path));
  }
  return summarize(
    texts.map(({ name }) => name),
    counts(),
  );
}

/** Tells the user what was written and what was left out. */
function summarize(names: readonly string[], counts: ExportCounts): string {
  const { images, people, removed, ties, unreadable } = counts;
  const within = [
    ...(images === undefined ? [] : [counted(images, "image")]),
    answersIn(counts),
    ...(people === undefined ? [] : [people === 1 ? "1 person" : `${people} people`]),
  ];
  const without = [
    ...(removed > 0 ? [`${counted(removed, "labeled image")} no longer in the set`] : []),
    ...(ties > 0 ? [`${counted(ties, "image")} without a likelier label`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, "row")} of the label file without an answer`] : []),
  ];
  const left = without.length === 0 ? "" : `left out: ${without.join("; ")}\n`;
  return `wrote ${names.join(", ")}: ${within.join(", ")}\n${left}`;
}

function answersIn({ answers, given }: ExportCounts): string {
  if (answers === given) return counted(given, "answer");
  return `${answers} of ${counted(given, "answer")} (the last of each person to each image)`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
