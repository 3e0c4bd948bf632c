import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import pLimit from "p-limit";
import { possibleNames } from "../../images/image-type.ts";
import { IMAGE_NAME } from "../../labeling/images.ts";
import type { Label, Question } from "../../labeling/question.ts";
import { DEFAULT_SETTLE_AT } from "../../labeling/settle-thresholds.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import type { StoreAddress } from "../../object-store/store-address.ts";
import { describeFileError } from "../../platform/describe-error.ts";
import { createLog } from "../../platform/log.ts";
import { printable } from "../../platform/safe-text.ts";
import { StartError } from "../../platform/start-error.ts";
import { addGold } from "../../project/add-gold.ts";
import { projectData } from "../../project/project.ts";
import { findProject } from "../find-project.ts";
import { progressBar, type Output } from "../progress-bar.ts";
import { findSources, type OpenBucket } from "./find-sources.ts";
import { readGold, type GoldLine } from "./read-gold.ts";

/** Lines whose images are looked for at the same time. */
const CONCURRENCY = 8;

interface Options {
  /** The address of the store, whose own files are no uploads. */
  address: StoreAddress;
  openBucket: OpenBucket;
  out: Output;
  /** No more rows are written after it is aborted. */
  signal: AbortSignal;
  now: () => number;
  random: () => number;
}

/**
 * Makes the images of a CSV file gold, and prints how many. Writes nothing if one line is wrong.
 * @throws StartError that names every wrong line; Error of the store
 */
export async function importGold(
  store: ObjectStore,
  { file, project }: { file: string; project: string | undefined },
  options: Options,
): Promise<void> {
  const { prefix, question } = await findProject(store, project, DEFAULT_SETTLE_AT);
  const { images } = projectData(store, prefix);
  const { lines, mistakes } = await readLines(file, question);
  const bar = progressBar(lines.length, options);
  const found = await pLimit(CONCURRENCY)
    .map(lines, async (line) => {
      const image = options.signal.aborted ? undefined : await findImage(line.image, images, options);
      bar.step("");
      return image === undefined ? [] : [{ ...line, image }];
    })
    .finally(() => bar.end());
  if (options.signal.aborted) return void options.out.write("Stopped: nothing was changed.\n");
  const labels = goldLabels(found.flat(), mistakes);
  if (mistakes.size > 0) throw wrongLines(file, mistakes);
  const log = createLog({ level: "warn", out: options.out });
  const { changed, same } = await addGold(store, prefix, labels, { ...options, log });
  options.out.write(`${describeLabels(labels, question)}\nset ${changed}, already there ${same}\n`);
}

async function readLines(file: string, question: Question) {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new StartError(`The file of --gold cannot be read: ${file}: ${describeFileError(error)}`, {
      cause: error,
    });
  });
  const read = readGold(text, question);
  if (typeof read === "string") throw new StartError(`The file of --gold cannot be used: ${file}: ${read}`);
  if (read.lines.length + read.mistakes.size === 0) throw new StartError(`There is no image in ${file}.`);
  return read;
}

/** Finds the image of the set that a line names. Resolves with the reason if the set has no such image. */
async function findImage(
  named: string,
  images: Pick<ReturnType<typeof projectData>["images"], "firstOf">,
  { address, openBucket }: Options,
): Promise<{ name: string } | { mistake: string }> {
  // Exports and the store's own folder name images by these names, too.
  const known = IMAGE_NAME.test(basename(named)) ? [basename(named)] : undefined;
  const names = known ?? (await namesOfFile(named, { store: address, openBucket }));
  if (typeof names === "string") return { mistake: names };
  const name = await images.firstOf(names);
  return name === undefined ? { mistake: "is not in the image set; import it first" } : { name };
}

/** The names under which a file may be in the set, or why it cannot be there. @param path as it was imported */
async function namesOfFile(
  path: string,
  options: { store: StoreAddress; openBucket: OpenBucket },
): Promise<string[] | string> {
  const absent = "is neither the name of an image in the set nor a file that can be read";
  const found = await findSources([path], options).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    return undefined;
  });
  const source = found?.sources.find(({ name }) => name === path);
  const bytes = await source?.read();
  if (bytes === undefined) return absent;
  return typeof bytes === "string" ? `cannot be read: ${bytes}` : possibleNames(bytes);
}

/** Collects the labels by image, and adds to the mistakes. */
function goldLabels(
  lines: readonly (Omit<GoldLine, "image"> & { image: { name: string } | { mistake: string } })[],
  mistakes: Map<number, string>,
): Map<string, Label> {
  const labels = new Map<string, Label>();
  const firstLines = new Map<string, number>();
  for (const { line, image, label } of lines) {
    if ("mistake" in image) {
      mistakes.set(line, image.mistake);
      continue;
    }
    const before = labels.get(image.name);
    if (before !== undefined && before !== label)
      mistakes.set(line, `line ${firstLines.get(image.name)} gives the same image another label`);
    if (before !== undefined) continue;
    labels.set(image.name, label);
    firstLines.set(image.name, line);
  }
  return labels;
}

function wrongLines(file: string, mistakes: ReadonlyMap<number, string>): StartError {
  const lines = [...mistakes]
    .toSorted(([a], [b]) => a - b)
    .map(([line, reason]) => `\n  line ${line}: ${reason}`);
  return new StartError(`Nothing was changed, because of these lines of ${file}:${lines.join("")}`);
}

/** Counts the labels, because a wrong column or order is noticed so. For example: gold: 7 × 0 (not hot dog), 5 × 1 (hot dog). */
function describeLabels(labels: ReadonlyMap<string, Label>, question: Question): string {
  const counts = question.labels.map((name, label) => ({
    name,
    label,
    count: [...labels.values()].filter((of) => of === label).length,
  }));
  const shown = counts
    .filter(({ count }) => count > 0)
    .map(({ name, label, count }) => `${count} × ${label} (${printable(name)})`);
  return `gold: ${shown.join(", ")}`;
}
