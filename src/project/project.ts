import { prefixedStore, WRITE_TEST_KEY, type ObjectStore } from "../object-store/object-store.ts";
import type { AppendOptions } from "../append-log/append-log.ts";
import { IMAGE_NAME } from "../labeling/images.ts";
import type { Question } from "../labeling/question.ts";
import { erasure, type Erasure } from "./erasure.ts";
import { imageSet, type ImageSet } from "./image-set.ts";
import { labelFile, readLabels, type LabelFile, type StoredLabels } from "./label-file.ts";
import { labelTally, type LabelTally } from "./label-tally.ts";
import { ownData, type OwnData } from "./own-data.ts";
import { deriveKey, pseudonymizer, type PersonKeys, type Pseudonyms } from "./pseudonyms.ts";
import { uploadFile, type UploadFile } from "./upload-file.ts";

/** The prefix of the built-in project: its folders lie at the store's root. */
export const HOTDOG_PREFIX = "";

/** The part of a project that needs neither a log nor a secret. */
export interface ProjectData {
  images: ImageSet;
  /** Lists the label file; its rows are read as the batches are iterated. Only the question's labels are answers. */
  readLabels: (question: Pick<Question, "labels">) => Promise<StoredLabels>;
}

/** One data set: its images, labels and uploads, and the people behind them. */
export interface Project extends ProjectData {
  question: Question;
  labels: LabelFile;
  uploads: UploadFile;
  tally: LabelTally;
  erasure: Erasure;
  /** Collects all rows of one person. A table's CSV is undefined if it would exceed `maxBytes`. */
  ownData: (person: Pseudonyms, maxBytes: number) => Promise<{ labels: OwnData; uploads: OwnData }>;
  /** @param userId a Discord user id */
  pseudonymsOf: (userId: string) => Pseudonyms;
  /** The key that renames people in one export. The same id gives the same key. */
  exportKey: (id: string) => Buffer;
}

export interface ProjectOptions extends AppendOptions {
  keys: PersonKeys;
  question: Question;
}

/** @param prefix of all the project's keys: empty, or ends in "/" */
export function projectData(store: ObjectStore, prefix: string): ProjectData {
  const own = prefixedStore(store, prefix);
  return { images: imageSet(own), readLabels: (question) => readLabels(own, question) };
}

/**
 * The project below a key prefix of a store. Create one per process and prefix: it holds the only writer of each file.
 * @param prefix of all the project's keys: empty, or ends in "/"
 */
export function project(store: ObjectStore, prefix: string, options: ProjectOptions): Project {
  const own = prefixedStore(store, prefix);
  const { keys, question, log } = options;
  return {
    ...projectData(store, prefix),
    question,
    labels: labelFile(own, options),
    uploads: uploadFile(own, options),
    tally: labelTally(own, question, log),
    erasure: erasure(own, options),
    ownData: (person, maxBytes) => ownData(own, person, maxBytes),
    pseudonymsOf: pseudonymizer(keys),
    exportKey: (id) => deriveKey(keys.exports, `export/${id}`),
  };
}

const IMAGES = "images/";
/** Folders at the store's root that hold no images: those of the built-in project, and the log of `/stats`. */
const FOLDERS = ["labels/", "uploads/", "forgotten/", "logs/"];

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
