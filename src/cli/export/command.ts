import { randomBytes } from "node:crypto";
import { isOnS3 } from "../../export/formats/ground-truth.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../../labeling/export-formats.ts";
import { localSecret } from "../../object-store/local-secret.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { imageFolderUrl, type StoreAddress } from "../../object-store/store-address.ts";
import { describeError } from "../../platform/describe-error.ts";
import { StartError } from "../../platform/start-error.ts";
import { projectPrefix } from "../../project/project.ts";
import { checkStoreFolder } from "../check-store-folder.ts";
import { parseProject } from "../find-project.ts";
import type { Output } from "../progress-bar.ts";
import { INTERRUPTED, UsageError, type Command } from "../run-command.ts";
import { exportLabels } from "./export-labels.ts";
import { placeOf } from "./new-folder.ts";

const USAGE = `Usage: npm run export -- --format FORMAT --out DIR [--project ID] [--people KEYFILE] [--images-at ADDRESS]
       npm run export -- --format labels --out DIR [--project ID] --raw

Writes the labels in the store that STORE_URL names into the new or empty folder DIR. The bot may run at the same time. DIR
appears when the export is complete: Ctrl+C or an error leaves nothing behind.

  --format labels        every answer: image, labeler, label, labeled_on, counts (1: the person's last answer to the image)
           consensus     one label per image, and how well each person answers: two CSV files
           crowd-kit     the last answer of each person to each image: task,worker,label
           huggingface   an imagefolder: the images, metadata.jsonl and a dataset card
           ground-truth  an augmented manifest of SageMaker Ground Truth
           label-studio  tasks with annotations and predictions, and the labeling interface for them
  --out DIR              the folder to create
  --project ID           export the project with this id instead of the hot dogs; npm run projects -- list shows all
  --people KEYFILE       give people the same pseudonyms in every export with this file, for one study. The file is created if
                         it is missing; anyone who has it can join these exports. By default, each export has new pseudonyms
  --raw                  write the label file as it is stored: with ids and times of presses and rounds and with the stored
                         pseudonyms, which lead from Discord's messages to people
  --images-at ADDRESS    where ground-truth and label-studio find the images: the address of their folder. The default is that
                         of the store on S3; for a store in a folder, label-studio gets its own local files. ground-truth
                         accepts only s3://BUCKET/FOLDER
  --help                 print this text
  --version              print the version

Settings: STORE_URL, S3_FORCE_PATH_STYLE, HOTDOG_SETTLE, AWS_… (docs/configuration.md).

Exit code: 0 when DIR is written, 130 after Ctrl+C, 1 after any error.
`;

export interface LabelExport {
  format: ExportFormat;
  /** The folder to create. */
  out: string;
  /** Id of the project; undefined for the built-in one. */
  project: string | undefined;
  imagesAt: string | undefined;
  /** File of the key under which several exports give people the same pseudonyms; undefined for a key of this export alone. */
  people: string | undefined;
  /** Whether to write the label file as it is. */
  raw: boolean;
}

const options = {
  format: { type: "string" },
  out: { type: "string" },
  project: { type: "string" },
  "images-at": { type: "string" },
  people: { type: "string" },
  raw: { type: "boolean" },
} as const;

/** Formats that name the images by address; the others contain them or leave them out. */
const WITH_ADDRESSES: readonly ExportFormat[] = ["ground-truth", "label-studio"];
const FORMATS = EXPORT_FORMATS.join(", ");

export const exportCommand: Command<typeof options, LabelExport> = {
  usage: USAGE,
  options,
  stopsGracefully: true,
  parse({ values: { format, out, project, "images-at": imagesAt, people, raw = false } }) {
    if (format === undefined) throw new UsageError(`--format is missing: one of ${FORMATS}.`);
    if (!isFormat(format)) throw new UsageError(`Unknown format '${format}'; there are ${FORMATS}.`);
    if (out === undefined || out === "") throw new UsageError("--out is missing: the folder to create.");
    if (imagesAt !== undefined && !WITH_ADDRESSES.includes(format))
      throw new UsageError(`--images-at only works with ${WITH_ADDRESSES.join(" and ")}.`);
    if (imagesAt !== undefined && !isAddress(imagesAt, format)) throw new UsageError(addressesOf(format));
    if (people === "") throw new UsageError("--people needs the path of a file for the key.");
    if (raw && format !== "labels") throw new UsageError("--raw only works with --format labels.");
    if (raw && people !== undefined)
      throw new UsageError("--raw keeps the stored pseudonyms, so it does not work with --people.");
    return { format, out, project: parseProject(project), imagesAt, people, raw };
  },
};

function isFormat(text: string): text is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === text);
}

function isAddress(text: string, format: ExportFormat): boolean {
  return format === "ground-truth"
    ? /^s3:\/\/[^/]/.test(text)
    : /^(?:https?:\/\/|s3:\/\/|gs:\/\/|\/)./.test(text);
}

function addressesOf(format: ExportFormat): string {
  return format === "ground-truth"
    ? "--images-at must be s3://BUCKET/FOLDER for ground-truth, which only reads images from S3."
    : "--images-at must be an address, https://…, s3://…, or a path on Label Studio's server such as /data/local-files/?d=images/.";
}

interface Options {
  /** The store that the settings name. */
  address: StoreAddress;
  /** Opens the store. Called only when the output folder can be created. */
  open: () => Promise<ObjectStore>;
  /** The probability of its label from which a hot dog image is settled. */
  hotdogsSettleAt: number;
  stdout: Output;
  stderr: Output;
  /** Stops the export when aborted; leaves no files. */
  signal: AbortSignal;
  now: () => number;
}

/**
 * Exports the labels of a store.
 * @returns the exit code
 * @throws StartError when there is nothing to export or no such project, or the store, the folder or the key cannot be used; Error of the store
 */
export async function runExport(
  { people, ...parsed }: LabelExport,
  { address, open, hotdogsSettleAt, stdout, stderr, signal, now }: Options,
): Promise<number> {
  const imagesAt = parsed.imagesAt ?? imageFolderUrl(address, projectPrefix(parsed.project ?? null));
  if (parsed.format === "ground-truth" && !isOnS3(imagesAt))
    throw new StartError(
      "Ground Truth only reads images from S3, but the store is a folder. Copy its images to S3 and add --images-at s3://BUCKET/FOLDER.",
    );

  await using opened = new AsyncDisposableStack();
  // Requests under way are awaited, which may take a moment.
  signal.addEventListener("abort", () => stderr.write("Stopping…\n"));
  const readKey = async () => (people === undefined ? randomBytes(32) : readPeopleKey(people));
  try {
    await placeOf(parsed.out);
    await checkStoreFolder(address);
    const store = await open();
    opened.defer(() => store.close());
    await exportLabels(store, { ...parsed, readKey, imagesAt, hotdogsSettleAt, stdout, signal, now });
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    stderr.write("Stopped: nothing was written.\n");
    return INTERRUPTED;
  }
}

/**
 * Reads the key file of `--people`, or creates it.
 * @throws StartError when the file cannot be read or created, or holds something else
 */
async function readPeopleKey(path: string): Promise<string> {
  const key = await localSecret(path).catch((error: unknown) => {
    if (error instanceof StartError) throw error;
    throw new StartError(`The file of --people cannot be used: ${describeError(error)}`, { cause: error });
  });
  if (!/^[0-9a-f]{64}$/.test(key))
    throw new StartError(
      `${path} is not a key file of --people, which holds 64 hexadecimal digits. Name a file that does not exist yet, or that of an earlier export.`,
    );
  return key;
}
