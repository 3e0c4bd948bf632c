import { prefixedStore, WRITE_TEST_KEY, type ObjectStore } from "../object-store/object-store.ts";
import type { AppendOutcome } from "../append-log/append-log.ts";
import { IMAGE_NAME } from "../labeling/images.ts";
import type { Question } from "../labeling/question.ts";
import type { Trust } from "../labeling/trust.ts";
import { isSnowflake } from "../platform/snowflake.ts";
import { erasure, type Erasure } from "./erasure.ts";
import { exclusionFile, type Exclusion, type ExclusionFile } from "./exclusion-file.ts";
import { goldFile, type GoldFile } from "./gold-file.ts";
import { imageSet, type ImageSet } from "./image-set.ts";
import { labelFile, readLabels, type LabelFile, type StoredLabels } from "./label-file.ts";
import { labelTally, type LabelTally } from "./label-tally.ts";
import { nameSeal, type NameSeal } from "./name-seal.ts";
import { pendingImages, type PendingImages } from "./pending-images.ts";
import {
  nearDuplicates,
  type NearDuplicateOptions,
  type NearDuplicates,
} from "./near-duplicates/near-duplicates.ts";
import { rememberedImages } from "./near-duplicates/remembered-images.ts";
import { thumbnailFiles, type ThumbnailFiles } from "./near-duplicates/thumbnail-files.ts";
import {
  deriveKey,
  pseudonymizer,
  type PersonKeys,
  type Pseudonyms,
  type RowOwner,
  type SharedNames,
} from "./pseudonyms.ts";
import { trustReader, type TrustReader } from "./trust-reader.ts";
import { uploadFile, type UploadFile } from "./upload-file.ts";

/** The prefix of the built-in project: its folders lie at the store's root. */
export const HOTDOG_PREFIX = "";

/** Folder of all other projects. */
export const PROJECTS_PREFIX = "projects/";

/** Folder of the markers of who has rows in which of these projects. */
export const PEOPLE_PREFIX = "people/";

/** The prefix of a project's keys. @param id null for the built-in project */
export function projectPrefix(id: string | null): string {
  if (id === null) return HOTDOG_PREFIX;
  if (!isSnowflake(id)) throw new Error(`not the id of a project: ${JSON.stringify(id.slice(0, 40))}`);
  return `${PROJECTS_PREFIX}${id}/`;
}

/** The part of a project that needs neither a log nor a secret. */
export interface ProjectData {
  images: ImageSet;
  /** Lists the label file; its rows are read as the batches are iterated. Only the question's labels are answers. */
  readLabels: (question: Pick<Question, "labels">) => Promise<StoredLabels>;
  /** Reads the gold answers and the exclusions, and caches nothing. */
  readTrust: (question: Pick<Question, "labels">) => Promise<Trust>;
}

/** The files of a project: its images, labels, uploads, gold answers and exclusions, and the people behind them. */
export interface ProjectFiles extends ProjectData {
  question: Question;
  labels: LabelFile;
  uploads: UploadFile;
  /** Images that wait for approval. */
  pending: PendingImages;
  gold: GoldFile;
  exclusions: ExclusionFile;
  /** Includes what this process has written before the call, and what others wrote up to 5 seconds before. */
  trust: Pick<TrustReader, "read" | "exclusions" | "goldUntil">;
  nearDuplicates: NearDuplicates;
  thumbnails: ThumbnailFiles;
  /** Creates a tally, which keeps the votes in memory once it is read. */
  createTally: () => LabelTally;
  erasure: Erasure;
  /** @param userId a Discord user id */
  pseudonymsOf: (userId: string) => Pseudonyms;
  nameSeal: NameSeal;
  /** The key that renames people in one export. The same id gives the same key. */
  exportKey: (id: string) => Buffer;
}

/** One data set: its files, and the only tally of its labels in the process. */
export interface Project extends Omit<ProjectFiles, "exclusions"> {
  tally: LabelTally;
  exclusions: {
    /**
     * Resolves when the row is durable, or with "erased" if the person has no answers from before it (any more). Setting the same
     * row again has no effect.
     */
    set(row: Exclusion): Promise<AppendOutcome>;
  };
}

export interface ProjectOptions extends NearDuplicateOptions {
  question: Question;
  keys: PersonKeys;
  /**
   * Called before each row is written, unless the project is the built-in one. If the row is "erased", it is not written. By default
   * every row is admitted.
   */
  admit?: (person: SharedNames, rowId: string) => Promise<"admitted" | "erased">;
}

/**
 * @param prefix of all the project's keys: empty, or ends in "/"
 * @param options.now milliseconds, from any origin. Default: `performance.now`
 */
export function projectData(
  store: ObjectStore,
  prefix: string,
  options: { now?: () => number } = {},
): ProjectData {
  const own = prefixedStore(store, prefix);
  return {
    images: imageSet(own, options),
    readLabels: (question) => readLabels(own, question),
    readTrust: (question) => trustReader(own, question).read(),
  };
}

/**
 * The files of the project below a key prefix of a store. Create one per process and prefix, for speed: rows of all jobs then share
 * commits. More are as safe as more processes.
 * @param prefix of all the project's keys: empty, or ends in "/"
 */
export function projectFiles(store: ObjectStore, prefix: string, options: ProjectOptions): ProjectFiles {
  const own = prefixedStore(store, prefix);
  const { keys, question, log, admit = async () => "admitted" } = options;
  const labels = labelFile(own, options);
  const uploads = uploadFile(own, options);
  const gold = goldFile(own, options);
  const exclusions = exclusionFile(own, options);
  const people = erasure(own, options);
  const trust = trustReader(own, question, { ...options, complete: (labelers) => people.complete(labelers) });
  const data = projectData(store, prefix, options);
  const duplicates = nearDuplicates(own, data.images, options);

  /** Appends a row unless its person has been erased since. */
  async function appendAdmitted(
    { shared }: RowOwner,
    rowId: string,
    append: () => Promise<AppendOutcome>,
  ): Promise<AppendOutcome> {
    if (keys.shared === undefined) return append();
    if (shared === undefined) throw new Error("a row of this project needs the names that projects share");
    return (await admit(shared, rowId)) === "erased" ? "erased" : append();
  }

  return {
    ...data,
    images: rememberedImages(data.images, duplicates, log),
    nearDuplicates: duplicates,
    thumbnails: thumbnailFiles(own),
    question,
    labels: {
      ...labels,
      append: (row, owner) => appendAdmitted(owner, row.id, () => labels.append(row, owner)),
    },
    uploads: {
      ...uploads,
      append: (upload, owner) => appendAdmitted(owner, upload.jobId, () => uploads.append(upload, owner)),
    },
    pending: pendingImages(own, options),
    gold: { set: (row) => gold.set(row).finally(() => trust.forget()) },
    exclusions: {
      set: (row, lastAnswerId) => exclusions.set(row, lastAnswerId).finally(() => trust.forget()),
    },
    trust,
    createTally: () => labelTally(own, question, options),
    erasure: people,
    pseudonymsOf: pseudonymizer(keys),
    nameSeal: nameSeal(keys.exports),
    exportKey: (id) => deriveKey(keys.exports, `export/${id}`),
  };
}

const IMAGES = "images/";
/**
 * Folders at the store's root that hold no images of the built-in project: its other folders, the log of `/stats`, the other
 * projects, and who has rows in them.
 */
const FOLDERS = [
  "labels/",
  "uploads/",
  "pending/",
  "hashes/",
  "thumbnails/",
  "forgotten/",
  "logs/",
  "projects/",
  "people/",
  "gold/",
  "exclusions/",
];

/** Whether an object with this key is an image of the built-in project. */
export function isImageKey(key: string): boolean {
  return key.startsWith(IMAGES) && IMAGE_NAME.test(key.slice(IMAGES.length));
}

/**
 * The reserved folder or object that a key belongs to; undefined for keys that anyone may use, images included.
 * @param key of an object, or of a folder, which ends in "/"
 */
export function reservedKey(key: string): string | undefined {
  return key === WRITE_TEST_KEY ? key : FOLDERS.find((folder) => key.startsWith(folder));
}
