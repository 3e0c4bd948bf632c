import pLimit from "p-limit";
import { IMAGE_NAME, imageName, shuffledBy, startOfChoice, type ImageFormat } from "../labeling/image.ts";
import { ConditionFailedError, MAX_PAGE, type ObjectStore } from "../object-store/object-store.ts";

const PREFIX = "images/";

/** Names begin with a hexadecimal digit: no name of an image comes after this. */
const LAST = "g";
/** With each of them, about as many names begin. */
const DIGITS = Array.from("0123456789abcdef");
/** Of all images. On S3 a list takes the thread for 10 to 20 ms when it comes, and those that come together all at once. */
const LISTS_AT_A_TIME = 4;

/** Listed for one round of either side of its start, where what is in the way is not in the set. */
const MAX_PAGES = 10;

const CONTENT_TYPES = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

export interface ImageSet {
  /**
   * Names of up to 1,000 images, in the order in which a round with this id takes them: always the same as long as the
   * set is. Uniform up to 1,000 images, and within about 3 % beyond.
   */
  candidates(id: string): Promise<string[]>;
  /** Names of all images, in order: a list for each thousand of them, 4 at a time. */
  all(): Promise<string[]>;
  /** The same with the bytes that each takes. */
  sizes(): Promise<Map<string, number>>;
  read(name: string): Promise<Buffer | undefined>;
  has(name: string): Promise<boolean>;
  /** The first of these names that is in the set. */
  firstOf(names: readonly string[]): Promise<string | undefined>;
  /** false when it was not there. Its labels stay. */
  remove(name: string): Promise<boolean>;
  /** Adds an image under the hash of the bytes that were uploaded; false when it is there already. */
  add(image: { uploaded: Buffer; stored: Buffer; format: ImageFormat }): Promise<boolean>;
}

/** The images in a store. Names are hashes, hence spread evenly, so one page of a list is a fair sample. */
export function imageSet(store: ObjectStore): ImageSet {
  /** Names in order, after `start` up to `end`, at most `most`. What else lies there costs pages, but not for ever. */
  async function namesIn({ start, end }: { start: string; end: string }, most: number): Promise<string[]> {
    const names: string[] = [];
    let startAfter = start;
    let limit = most;
    for (let pages = 0; pages < MAX_PAGES && names.length < most; pages += 1) {
      const page = await pageAfter(startAfter, limit);
      names.push(...page.filter((name) => IMAGE_NAME.test(name) && name <= end));
      const last = page.at(-1) ?? LAST;
      if (page.length < limit || last > end) break;
      startAfter = last;
      limit = MAX_PAGE;
    }
    return names.slice(0, most);
  }

  async function pageAfter(startAfter: string, limit: number): Promise<string[]> {
    const objects = await store.list(PREFIX, { startAfter: PREFIX + startAfter, limit });
    return objects.map(({ key }) => key.slice(PREFIX.length));
  }

  async function sizesBeginningWith(digit: string): Promise<(readonly [name: string, size: number])[]> {
    const sizes: (readonly [string, number])[] = [];
    for (let startAfter = ""; ;) {
      const page = await store.list(PREFIX + digit, { startAfter });
      const named = page.map(({ key, size }) => [key.slice(PREFIX.length), size] as const);
      sizes.push(...named.filter(([name]) => IMAGE_NAME.test(name)));
      if (page.length < MAX_PAGE) return sizes;
      startAfter = page.at(-1)?.key ?? "";
    }
  }

  async function sizes(): Promise<Map<string, number>> {
    const inTurn = pLimit(LISTS_AT_A_TIME);
    const listed = await Promise.all(DIGITS.map((digit) => inTurn(() => sizesBeginningWith(digit))));
    return new Map(listed.flat());
  }

  return {
    async candidates(id) {
      const start = startOfChoice(id);
      const after = await namesIn({ start, end: LAST }, MAX_PAGE);
      const room = MAX_PAGE - after.length;
      const fromBeginning = room > 0 ? await namesIn({ start: "", end: start }, room) : [];
      return shuffledBy(id, [...after, ...fromBeginning]);
    },

    sizes,

    async all() {
      return [...(await sizes()).keys()];
    },

    async read(name) {
      return (await store.get(PREFIX + name))?.body;
    },

    async has(name) {
      return (await store.head(PREFIX + name)) !== undefined;
    },

    async firstOf(names) {
      const found = await Promise.all(names.map((name) => store.head(PREFIX + name)));
      return names.find((_, index) => found[index] !== undefined);
    },

    async remove(name) {
      const there = (await store.head(PREFIX + name)) !== undefined;
      await store.delete(PREFIX + name);
      return there;
    },

    async add({ uploaded, stored, format }) {
      const key = PREFIX + imageName(uploaded, format);
      const options = { condition: { ifNoneMatch: "*" }, contentType: CONTENT_TYPES[format] } as const;
      try {
        await store.put(key, stored, options);
        return true;
      } catch (error) {
        if (error instanceof ConditionFailedError) return false;
        throw error;
      }
    },
  };
}
