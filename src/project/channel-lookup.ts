import { asyncCache } from "../platform/async-cache.ts";
import type { IdentifiedProject, ProjectIndex } from "./project-index.ts";

/** How long the open project of a channel is cached, in milliseconds. */
const LIFETIME_MS = 30_000;
/** Maximum number of channels in the cache. */
const MAX_CHANNELS = 1_000;

/** Finds the projects of channels. */
export interface ChannelLookup {
  /**
   * Finds the open project of a channel, which is cached for 30 seconds. Nothing else is cached, so that a new project is seen at once.
   * @param accepts whether the cached project will do; otherwise the store is asked
   * @returns "closed" if the channel's project is closed, moved or deleted; undefined if it never had one
   */
  at(
    channel: string,
    accepts?: (found: IdentifiedProject) => boolean,
  ): Promise<IdentifiedProject | "closed" | undefined>;
  /** Makes the next `at` ask the store, after the channel's project was changed. */
  forget(channel: string): void;
}

/** @param options.now milliseconds since 1970 */
export function channelLookup({
  index,
  now,
}: {
  index: Pick<ProjectIndex, "readChannel">;
  now: () => number;
}): ChannelLookup {
  /** Least recently read first. */
  const cached = new Map<string, { found: IdentifiedProject; until: number }>();
  // A read in progress may have passed a change that the next caller has to see.
  const reads = asyncCache<IdentifiedProject | "closed" | undefined>({ share: "next" });
  /** Number of calls of `forget`: what was read before one is not cached. */
  let changes = 0;

  return {
    async at(channel, accepts = () => true) {
      const known = cached.get(channel);
      if (known !== undefined && now() < known.until && accepts(known.found)) return known.found;
      const changesBefore = changes;
      const found = await reads.load(channel, () => index.readChannel(channel));
      cached.delete(channel);
      if (typeof found === "object" && changes === changesBefore)
        cached.set(channel, { found, until: now() + LIFETIME_MS });
      const [oldest = ""] = cached.keys();
      if (cached.size > MAX_CHANNELS) cached.delete(oldest);
      return found;
    },

    forget(channel) {
      changes += 1;
      cached.delete(channel);
    },
  };
}
