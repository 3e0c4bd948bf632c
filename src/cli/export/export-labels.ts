import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import pLimit from "p-limit";
import { progress, type Out } from "../progress-bar.ts";
import { StartError } from "../../platform/start-error.ts";
import type { ImageSet } from "../../project/image-set.ts";
import type { LabelBatch, StoredLabels } from "../../project/label-file.ts";
import { HOTDOG_PREFIX, projectData } from "../../project/project.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { syncFolder } from "../../platform/sync-folder.ts";
import type { ExportCommand } from "./arguments.ts";
import { bytesOf } from "../../export/formats/export-file.ts";
import { newFolder, placeOf } from "./new-folder.ts";
import { prepareExport } from "../../export/prepare-export.ts";
import type { ExportImage, PreparedExport } from "../../export/prepared-export.ts";
import { prepareRawLabels } from "../../export/prepare-labels.ts";
import { summaryOf } from "./summary.ts";
import { writeFile } from "./write-file.ts";

/** Images read and written; so many are in memory. */
const AT_A_TIME = 8;

const RAW_WARNING = `This is the label file as it is stored: with the pseudonyms of the store, and ids and times of presses and rounds, which lead
from Discord's messages to people. Keep it as safe as the store, and export without --raw for everyone else.
`;

interface Options extends Omit<ExportCommand, "people"> {
  /** Reads or makes the key of this export's pseudonyms. Not called before it is clear that the folder can be made. */
  peopleKey: () => Promise<string | Buffer>;
  /** Not called before it is clear that the folder can be made. */
  open: () => Promise<ObjectStore>;
  out: string;
  show: Out;
  /** Ends it as soon as it is aborted, with nothing left. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Writes the labels of a store into a new folder, all or nothing, and tells what is in it.
 * @throws StartError when the folder is taken, or there is nothing to export; the signal's reason; Error of the store
 */
export async function exportLabels({ open, ...options }: Options): Promise<void> {
  const { format, imagesAt, out, raw, show, signal } = options;
  await placeOf(out);
  const { images, readLabels } = projectData(await open(), HOTDOG_PREFIX);
  const labels = shownLabels(await readLabels(), options);
  let told = "";
  await newFolder(out, async (folder) => {
    const prepared = raw
      ? await prepareRawLabels(labels)
      : await prepareExport({ format, labels, peopleKey: await options.peopleKey(), images, imagesAt });
    if (prepared === undefined)
      throw new StartError(
        "There is nothing to export yet: nobody has labelled an image that is in the set.",
      );
    const gone = await copyImages(prepared.images, folder, images, options);
    told = await writeTexts(prepared, gone, folder, signal);
  });
  show.write(raw ? `${told}${RAW_WARNING}` : told);
}

/** The parts of the label file, with a bar that shows how many of them have been read. */
async function* shownLabels(
  { parts, batches }: StoredLabels,
  { show, now, signal }: Pick<Options, "show" | "now" | "signal">,
): AsyncGenerator<LabelBatch> {
  const bar = progress(parts, { out: show, now });
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
 * Whatever ends it early, those under way are finished first.
 * @returns those that somebody has taken out of the set since it was listed
 */
async function copyImages(
  wanted: readonly ExportImage[],
  folder: string,
  images: ImageSet,
  { show, now, signal }: Pick<Options, "show" | "now" | "signal">,
): Promise<Set<string>> {
  const gone = new Set<string>();
  const folders = new Set(wanted.map(({ name }) => join(folder, dirname(name))));
  for (const path of folders) await mkdir(path, { recursive: true });
  const bar = progress(wanted.length, { out: show, now });
  const failed: unknown[] = [];
  await pLimit(AT_A_TIME).map(wanted, async ({ image, name }) => {
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
  return summaryOf(
    texts.map(({ name }) => name),
    counts(),
  );
}
