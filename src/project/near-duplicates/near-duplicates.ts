import pLimit from "p-limit";
import { appendLog, type AppendOptions } from "../../append-log/append-log.ts";
import { isPlain, nearDuplicateTest } from "../../images/near-duplicates/is-near-duplicate.ts";
import { formatHash, hashProbes, perceptualHash } from "../../images/near-duplicates/perceptual-hash.ts";
import type { Thumbnail } from "../../images/near-duplicates/thumbnail.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { asyncCache } from "../../platform/async-cache.ts";
import { newSnowflake } from "../../platform/snowflake.ts";
import { hashMemory, type HashMemory } from "./hash-memory.ts";
import { HASH_TABLE } from "./hash-table.ts";
import { knownHashes, type KnownHashes } from "./known-hashes.ts";
import { thumbnailFiles } from "./thumbnail-files.ts";

/** Thumbnails read at a time. */
const READ_CONCURRENCY = 8;

/**
 * Finds an image of the set that looks like this one, which is not in the set.
 * @param stored the image as it would be stored
 * @returns its file name; undefined if no image of the set is known to look like it, or if this one is plain or cannot be decoded
 * @throws Error of the store
 */
type FindNearDuplicate = (stored: Buffer) => Promise<string | undefined>;

/** How the images of a project look. docs/design/near-duplicates.md says how they are compared. */
export interface NearDuplicates {
  /** Finds an image of the set that looks like another one. */
  find: FindNearDuplicate;
  /** Starts to read what other processes have added, and returns a `find` that does not read it again. */
  prepareFind(): FindNearDuplicate;
  /**
   * Remembers how an image of the set looks. Resolves when that is durable. Doing it again does no harm.
   * @param isNew unless it resolves with true, the image is not remembered. By default it is.
   * @throws Error of the store, or if the image cannot be decoded
   */
  remember(image: string, stored: Buffer, isNew?: Promise<boolean>): Promise<void>;
  /** Returns whether an image was remembered, by this process or another, when the function was made. It may have left the set since. */
  remembered(): Promise<(image: string) => boolean>;
}

export interface NearDuplicateOptions extends AppendOptions {
  /** By default, the project has separate memory. */
  hashes?: HashMemory | undefined;
}

/**
 * Create one per process and project, so that all jobs share its writer of the hash table.
 * @param store the project's own
 * @param images the project's
 */
export function nearDuplicates(
  store: ObjectStore,
  images: { has(image: string): Promise<boolean> },
  options: NearDuplicateOptions,
): NearDuplicates {
  const { log, now, random, hashes = hashMemory() } = options;
  const table = appendLog(store, HASH_TABLE, options);
  const files = thumbnailFiles(store);
  const refreshes = asyncCache<KnownHashes>({ share: "next" });
  /** By the bytes of the image, because an image is looked for before it is remembered. */
  const thumbnails = new WeakMap<Buffer, Promise<Thumbnail>>();
  let known: KnownHashes | undefined;
  const held = {
    get size() {
      return known?.size ?? 0;
    },
    drop() {
      known = undefined;
    },
  };

  function refresh(): Promise<KnownHashes> {
    return refreshes.load("all", async () => {
      const current = (known ??= knownHashes(store, table));
      await current.refresh();
      hashes.use(held);
      return current;
    });
  }

  function thumbnailOf(stored: Buffer): Promise<Thumbnail> {
    const made = thumbnails.get(stored) ?? makeThumbnail(stored);
    thumbnails.set(stored, made);
    return made;
  }

  function prepareFind(): FindNearDuplicate {
    const refreshing = refresh();
    // The returned function reports it.
    refreshing.catch(() => {});

    return async (stored) => {
      const thumbnail = await thumbnailOf(stored).catch((error: unknown) => {
        log.warn({ err: error }, "an image cannot be compared with others");
      });
      if (thumbnail === undefined || isPlain(thumbnail)) return undefined;
      const refreshed = await refreshing;
      const current = refreshed.addOwn() ? refreshed : await refresh();
      const entries = current.find(hashProbes(thumbnail));
      const candidates = await pLimit(READ_CONCURRENCY).map(entries, (entry) =>
        files.read(current.key(entry)),
      );
      const isNearDuplicate = nearDuplicateTest(thumbnail);
      for (const candidate of candidates) {
        // A crash may have left the thumbnail of an image that was removed.
        if (candidate !== undefined && isNearDuplicate(candidate.thumbnail))
          if (await images.has(candidate.image)) return candidate.image;
      }
      return undefined;
    };
  }

  return {
    prepareFind,
    find: (stored) => prepareFind()(stored),

    async remember(image, stored, isNew = Promise.resolve(true)) {
      const thumbnail = await thumbnailOf(stored);
      // Before the row: an image with a row is not remembered again.
      const [added] = await Promise.all([isNew, files.write(image, thumbnail)]);
      if (!added) return;
      const id = newSnowflake(now(), random);
      await table.append({ id, image, hash: formatHash(perceptualHash(thumbnail)) });
    },

    async remembered() {
      const current = await refresh();
      return (image) => current.has(image);
    },
  };
}

/** Loads sharp when the first thumbnail is made. */
async function makeThumbnail(stored: Buffer): Promise<Thumbnail> {
  const { makeThumbnail: make } = await import("../../images/near-duplicates/make-thumbnail.ts");
  return make(stored);
}
