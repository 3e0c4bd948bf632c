import type { CheckImage } from "../../images/check-image.ts";
import { prefixedStore } from "../../object-store/object-store.ts";
import { openStore } from "../../object-store/open-store.ts";
import type { BucketReader } from "../../object-store/s3/s3-bucket-reader.ts";
import type { StoreAddress } from "../../object-store/store-address.ts";
import { asyncCache } from "../../platform/async-cache.ts";
import { printable } from "../../platform/safe-text.ts";
import type { Log } from "../../platform/log.ts";
import { nearDuplicates } from "../../project/near-duplicates/near-duplicates.ts";
import { projectData } from "../../project/project.ts";
import { checkStoreFolder } from "../check-store-folder.ts";
import { findOpenProject, parseProject } from "../find-project.ts";
import { progressBar, type Output } from "../progress-bar.ts";
import { INTERRUPTED, UsageError, type Command } from "../run-command.ts";
import { addImages, type ImportOutcome } from "./add-images.ts";
import { findSources, type OpenBucket } from "./find-sources.ts";
import { importGold } from "./import-gold.ts";
import type { FoundSources } from "./source.ts";
import { addStarter, removeStarter as removeStarterImages } from "./starter-images.ts";

const USAGE = `Usage: npm run import -- [--starter | --remove-starter] [PATH…]
       npm run import -- --project ID PATH…
       npm run import -- --gold FILE [--project ID]

Adds images to an image set in the store that STORE_URL names: JPEG, PNG, WebP, GIF, AVIF and TIFF files of up to 10 MiB and
50 megapixels. The bot may run at the same time. An import can be interrupted (Ctrl+C) and repeated: images that are in the set
are not added again.

  PATH              a file; a folder with everything in it, except hidden files and links that lead out of it; or
                    s3://BUCKET/PREFIX, all objects whose key begins with PREFIX, read with the AWS settings of the store
  --project ID      use the project with this id instead of the hot dogs, open if images are added; npm run projects -- list
                    shows all
  --starter         add the 20 starter images: 10 hot dogs, 10 other things
  --remove-starter  remove these 20 from the set; their labels stay. Adding images of PATH without --starter removes them, too
  --gold FILE       make images of the set gold: FILE is a CSV file with the columns image and label. An image is its name in the
                    set, or its path or address as it was imported; a label is its number or its name. If a line is wrong, all
                    such lines are listed and nothing is written. With a store in a folder, stop the bot first
  --near-duplicates skip|add
                    what to do with images that look like one of the set, resized, encoded again or cropped a little: skip and
                    list them (default), or add them
  --help            print this text
  --version         print the version

Settings: STORE_URL, S3_FORCE_PATH_STYLE, AWS_… (docs/configuration.md).

Exit code: 0 when no file was refused, 2 when some were, 130 after Ctrl+C, 1 after any error.
`;

/** Exit code when some images were refused. */
const REFUSED = 2;

interface ImageImport {
  starter: boolean;
  removeStarter: boolean;
  /** Id of the project; undefined for the built-in one. */
  project: string | undefined;
  /** File of gold answers. */
  gold: string | undefined;
  /** Whether to add images that look like one of the set. */
  allowNearDuplicates: boolean;
  /** Files, folders and addresses on S3. */
  paths: string[];
}

const options = {
  project: { type: "string" },
  gold: { type: "string" },
  starter: { type: "boolean" },
  "remove-starter": { type: "boolean" },
  "near-duplicates": { type: "string" },
} as const;

export const importCommand: Command<typeof options, ImageImport> = {
  usage: USAGE,
  options,
  takesPositionals: true,
  stopsGracefully: true,
  parse({
    values: {
      project,
      gold,
      starter = false,
      "remove-starter": removeStarter = false,
      "near-duplicates": nearDuplicates = "skip",
    },
    positionals: paths,
  }) {
    if (starter && removeStarter) throw new UsageError("--starter and --remove-starter exclude each other.");
    if (gold === "") throw new UsageError("--gold needs the path of a CSV file.");
    if (gold !== undefined && (starter || removeStarter || paths.length > 0))
      throw new UsageError(
        "--gold adds no images: import them first, and then --gold without PATH or --starter.",
      );
    if (!starter && !removeStarter && gold === undefined && paths.length === 0)
      throw new UsageError("There is nothing to add.");
    if (project !== undefined && (starter || removeStarter))
      throw new UsageError("The starter images are of hot dogs, so --project works with neither option.");
    if (nearDuplicates !== "skip" && nearDuplicates !== "add")
      throw new UsageError("--near-duplicates takes skip or add.");
    const allowNearDuplicates = nearDuplicates === "add";
    return { starter, removeStarter, project: parseProject(project), gold, allowNearDuplicates, paths };
  },
};

interface Options {
  /** Settings of the store that the images go to; buckets to read from are addressed in the same style. */
  config: { STORE_URL: StoreAddress; S3_FORCE_PATH_STYLE: boolean };
  checkImage: CheckImage;
  out: Output;
  /** No new image is started after it is aborted. */
  signal: AbortSignal;
  now: () => number;
  /** From 0 up to, not including, 1. */
  random: () => number;
  log: Log;
}

/**
 * Adds and removes images, or makes some gold. Prints a line for each and a summary, also after an interruption or a failure of the store. Opens the store
 * only when everything that was named was found.
 * @returns the exit code
 * @throws StartError when what was named cannot be read, there is no such open project, or the store cannot be used; Error of the store
 */
export async function runImport(
  { starter, removeStarter, project, gold, allowNearDuplicates, paths }: ImageImport,
  { config, checkImage, out, signal, now, random, log }: Options,
): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const openBucket = bucketOpener(config.S3_FORCE_PATH_STYLE, opened);
  if (gold !== undefined) {
    await checkStoreFolder(config.STORE_URL);
    // Rows are appended, for which a folder takes one process.
    const store = await openStore(config, { exclusive: true });
    opened.defer(() => store.close());
    const found = { address: config.STORE_URL, openBucket, out, signal, now, random };
    await importGold(store, { file: gold, project }, found);
    return signal.aborted ? INTERRUPTED : 0;
  }
  const { sources, skipped } = await findSources(paths, { store: config.STORE_URL, openBucket });
  const store = await openStore(config, { exclusive: false });
  opened.defer(() => store.close());
  const prefix = await findOpenProject(store, project);
  const { images } = projectData(store, prefix);
  const summary = createSummary(skipped);
  try {
    if (starter)
      await addStarter(images, {
        done: ({ shows }, isNew) => out.write(summary.count(shows, { became: isNew ? "added" : "present" })),
        signal,
      });
    const bar = progressBar(sources.length, { out, now });
    await addImages(sources, {
      images,
      nearDuplicates: nearDuplicates(prefixedStore(store, prefix), images, { log, now, random }),
      allowNearDuplicates,
      checkImage,
      signal,
      done: (name, outcome) => bar.step(summary.count(name, outcome)),
    }).finally(() => bar.end());
    const { added, present } = summary.counts;
    // Real images replace the drawings, unless somebody asks for both.
    const isReplaced = project === undefined && !starter && !signal.aborted && added + present > 0;
    const removed = removeStarter || isReplaced ? await removeStarterImages(images) : 0;
    if (removed > 0)
      out.write(`${removed} starter images were removed from the set; --starter adds them again\n`);
  } finally {
    out.write(summary.text());
  }
  if (signal.aborted) return INTERRUPTED;
  return summary.counts.refused > 0 ? REFUSED : 0;
}

/** @param opened closes the buckets */
function bucketOpener(forcePathStyle: boolean, opened: AsyncDisposableStack): OpenBucket {
  const readers = asyncCache<BucketReader>({ lifetime: Number.POSITIVE_INFINITY });
  return (address) =>
    readers.load(`${address.bucket}/${address.prefix}`, async () => {
      // Imported on demand: loading the SDK takes half a second.
      const { s3BucketReader } = await import("../../object-store/s3/s3-bucket-reader.ts");
      const objects = await s3BucketReader(address, { forcePathStyle });
      opened.defer(() => objects.close());
      return objects;
    });
}

const COLUMN = {
  added: "added        ",
  present: "already there",
  "near-duplicate": "looks alike  ",
  refused: "refused      ",
} as const;

interface Summary {
  counts: Record<ImportOutcome["became"], number>;
  /** Counts one image. @returns the line to print for it */
  count(name: string, outcome: ImportOutcome): string;
  /** Lists what was skipped and refused, and the counts. */
  text(): string;
}

function createSummary(skipped: FoundSources["skipped"]): Summary {
  const counts = { added: 0, present: 0, "near-duplicate": 0, refused: 0 };
  const lines = Array.from(skipped, ([name, reason]) => {
    const text =
      typeof reason === "number" ? `in the set already (${reason.toLocaleString("en-US")})` : reason;
    return `skipped  ${printable(name)}: ${text}\n`;
  });
  return {
    counts,
    count(name, outcome) {
      counts[outcome.became] += 1;
      if (outcome.became === "refused") lines.push(`refused  ${printable(name)}: ${outcome.reason}\n`);
      if (outcome.became === "near-duplicate")
        lines.push(`not added  ${printable(name)}: looks like ${outcome.image}\n`);
      return `${COLUMN[outcome.became]}  ${printable(name)}\n`;
    },
    text() {
      const { added, present, "near-duplicate": alike, refused } = counts;
      const hint = alike === 0 ? "" : `--near-duplicates add adds the ${alike} that look like others\n`;
      const total = `added ${added}, already there ${present}, ${alike === 0 ? "" : `near duplicates ${alike}, `}refused ${refused}\n`;
      return lines.join("") + hint + total;
    },
  };
}
