import pLimit from "p-limit";
import {
  IMAGE_FORMATS,
  IMAGE_NAME,
  imageName,
  seededShuffle,
  sampleStart,
  type ImageFormat,
} from "../labeling/images.ts";
import {
  createObject,
  listAll,
  MAX_PAGE,
  type HeadOptions,
  type ObjectStore,
} from "../object-store/object-store.ts";
import { recentKeys } from "../platform/recent-keys.ts";
import { recentNames } from "./recent-names.ts";
import { thumbnailKey } from "./near-duplicates/thumbnail-files.ts";

const FOLDER = "images/";

/** Image names start with a hexadecimal digit, so none sorts after this. */
const AFTER_ALL = "g";
/** First characters of image names. Names are hashes, so each digit starts about as many. */
const DIGITS = Array.from("0123456789abcdef");
/** Lists at a time. A page from S3 blocks the thread for 10 to 20 ms when it arrives, and pages that arrive together add up. */
const LIST_CONCURRENCY = 4;

/** Maximum number of pages listed on each side of a round's start, in case other files lie between the images. */
const MAX_PAGES = 10;

/** How long an image counts as present after this process has seen it: while people look at it and answer. */
export const SEEN_LIFETIME_MS = 30_000;

/** Number of names from which on rounds share a list. Fewer cost little, and a change among them is noticed sooner. */
const MIN_SHARED = 100;

const CONTENT_TYPES = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

/** The content type of a stored image, from the format that its file name ends with. */
export function contentTypeOf(image: string): string {
  const format = IMAGE_FORMATS.find((one) => image.endsWith(`.${one}`));
  return format === undefined ? "application/octet-stream" : CONTENT_TYPES[format];
}

export interface ImageSet {
  /**
   * Names of up to 1,000 images, in the order in which the round with this id takes them: the same order as long as the set
   * is the same. Uniform up to 1,000 images, and within about 3 % beyond. In a set of 100 to 1,000, what others have changed in the
   * last second may go unnoticed.
   */
  candidates(id: string): Promise<string[]>;
  /** Names of all images in ascending order. Lists one page per 1,000 images, 4 pages at a time. */
  all(): Promise<string[]>;
  /** Like `all`, one page after the other, but undefined if the folder has more than this many pages of 1,000 files. */
  allWithin(pages: number): Promise<string[] | undefined>;
  /** Names and sizes in bytes of all images, listed like `all`. */
  sizes(): Promise<Map<string, number>>;
  /** Names in ascending order, a page of up to 1,000 at a time. By default of all images. */
  pages(range?: { after?: string; upTo?: string }): AsyncGenerator<string[]>;
  read(name: string): Promise<Buffer | undefined>;
  has: (name: string) => Promise<boolean>;
  /**
   * Like `has`, but without a request for an image that this process has added or seen in the last 30 seconds. What another process has
   * removed meanwhile still counts as present.
   */
  hasLately(name: string): Promise<boolean>;
  /** Like `has`, but without a request for an image that was listed for `candidates` in the last second, if the set has fewer than 1,000. */
  hasListed: (name: string) => Promise<boolean>;
  /** The first of these names that is in the set. Meant for names of which probably none is. */
  firstOf(names: readonly string[]): Promise<string | undefined>;
  /** Removes an image with what is remembered of how it looks, and keeps its labels. Returns false if it was not in the set. */
  remove(name: string): Promise<boolean>;
  /** Adds an image, named by the hash of the uploaded bytes. Returns false if it is already in the set. */
  add(image: { uploaded: Buffer; stored: Buffer; format: ImageFormat }): Promise<boolean>;
  /** Adds an image that already has its name. Returns false if it is already in the set. */
  addNamed(name: string, stored: Buffer): Promise<boolean>;
}

/**
 * The images of a project. Names are hashes and therefore evenly spread, so one page from a random start is a fair sample.
 * @param options.now milliseconds, from any origin. Default: `performance.now`
 */
export function imageSet(store: ObjectStore, { now }: { now?: () => number } = {}): ImageSet {
  const seen = recentKeys({ lifetime: SEEN_LIFETIME_MS, now });
  const listed = recentNames({ max: MAX_PAGE, now });

  /** Returns at most `limit` names in ascending order, after `start` up to `end`. Skips other files, within MAX_PAGES. */
  async function namesIn({ start, end }: { start: string; end: string }, limit: number): Promise<string[]> {
    const names: string[] = [];
    let startAfter = start;
    let pageSize = limit;
    for (let pages = 0; pages < MAX_PAGES && names.length < limit; pages += 1) {
      const page = await pageAfter(startAfter, pageSize);
      names.push(...page.filter((name) => IMAGE_NAME.test(name) && name <= end));
      const last = page.at(-1) ?? AFTER_ALL;
      if (page.length < pageSize || last > end) break;
      startAfter = last;
      pageSize = MAX_PAGE;
    }
    return names.slice(0, limit);
  }

  async function pageAfter(startAfter: string, limit: number): Promise<string[]> {
    const objects = await store.list(FOLDER, { startAfter: FOLDER + startAfter, limit });
    return objects.map(({ key }) => key.slice(FOLDER.length));
  }

  /** Up to 1,000 names from where the sample for an id starts. */
  async function sample(id: string): Promise<string[]> {
    const start = sampleStart(id);
    const after = await namesIn({ start, end: AFTER_ALL }, MAX_PAGE);
    const room = MAX_PAGE - after.length;
    const before = room > 0 ? await namesIn({ start: "", end: start }, room) : [];
    return [...after, ...before];
  }

  async function sizesBelow(digit: string): Promise<(readonly [name: string, size: number])[]> {
    const objects = await listAll(store, FOLDER + digit);
    const sizes = objects.map(({ key, size }) => [key.slice(FOLDER.length), size] as const);
    return sizes.filter(([name]) => IMAGE_NAME.test(name));
  }

  async function sizes(): Promise<Map<string, number>> {
    return new Map((await pLimit(LIST_CONCURRENCY).map(DIGITS, sizesBelow)).flat());
  }

  async function has(name: string, options?: HeadOptions): Promise<boolean> {
    const found = (await store.head(FOLDER + name, options)) !== undefined;
    if (found) seen.add(name);
    else seen.delete(name);
    return found;
  }

  async function addNamed(name: string, stored: Buffer): Promise<boolean> {
    const isNew = await createObject(store, FOLDER + name, {
      body: stored,
      contentType: contentTypeOf(name),
    });
    seen.add(name);
    listed.add(name);
    return isNew;
  }

  return {
    has: (name) => has(name),
    hasLately: async (name) => seen.has(name) || has(name),
    hasListed: async (name) => listed.all()?.has(name) === true || has(name),
    sizes,
    addNamed,

    async candidates(id) {
      const recent = listed.all();
      const names =
        recent !== undefined && recent.size >= MIN_SHARED ? recent : await listed.list(() => sample(id));
      return seededShuffle(id, [...names]);
    },

    async all() {
      return [...(await sizes()).keys()];
    },

    async allWithin(pages) {
      const names: string[] = [];
      for (let listed = 0; listed < pages; listed += 1) {
        const page = await pageAfter(names.at(-1) ?? "", MAX_PAGE);
        names.push(...page);
        if (page.length < MAX_PAGE) return names.filter((name) => IMAGE_NAME.test(name));
      }
      return undefined;
    },

    async *pages({ after = "", upTo = AFTER_ALL } = {}) {
      for (let startAfter: string | undefined = after; startAfter !== undefined;) {
        const page: string[] = await pageAfter(startAfter, MAX_PAGE);
        const last: string | undefined = page.at(-1);
        yield page.filter((name) => IMAGE_NAME.test(name) && name <= upTo);
        startAfter = last === undefined || page.length < MAX_PAGE || last > upTo ? undefined : last;
      }
    },

    async read(name) {
      const found = await store.get(FOLDER + name);
      if (found !== undefined) seen.add(name);
      return found?.body;
    },

    async firstOf(names) {
      const found = await Promise.all(names.map((name) => has(name, { probablyAbsent: true })));
      return names.find((_, index) => found[index]);
    },

    async remove(name) {
      const found = await has(name);
      await store.delete(FOLDER + name);
      seen.delete(name);
      listed.delete(name);
      // Deleting it takes a right that workers may not have; then they could not write it either.
      const thumbnail = thumbnailKey(name);
      if ((await store.head(thumbnail)) !== undefined) await store.delete(thumbnail);
      return found;
    },

    add: ({ uploaded, stored, format }) => addNamed(imageName(uploaded, format), stored),
  };
}
