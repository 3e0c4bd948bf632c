import type { Label, Question } from "../labeling/question.ts";
import type { Trust } from "../labeling/trust.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { asyncCache } from "../platform/async-cache.ts";
import type { Log } from "../platform/log.ts";
import type { Erasure } from "./erasure.ts";
import { currentExclusions, type Exclusion } from "./exclusion-file.ts";
import { currentGold, type GoldRow } from "./gold-file.ts";

/** How long a process works with what it has read, in milliseconds. */
const LIFETIME_MS = 5_000;

/** The gold answers and the exclusions of a project. Both are cached for 5 seconds, except after a change by this process. */
export interface TrustReader {
  /** Returns the same object until something changes. */
  read(): Promise<Trust>;
  /** The last decision about each person, taken back or not, by pseudonym. */
  exclusions(): Promise<ReadonlyMap<string, Exclusion>>;
  /** The gold answers as they were before the time of this snowflake. Asks the store. */
  goldUntil(until: bigint): Promise<Trust["gold"]>;
  /** Makes the next call read the store, after this process has changed something. */
  forget(): void;
}

interface Options {
  log?: Log;
  /** Milliseconds, from any origin. */
  now?: () => number;
  /** Called with the people of new exclusions: completes their erasures by earlier versions. Resolves with whether there were any. */
  complete?: Erasure["complete"];
}

interface Read {
  trust: Trust;
  gold: ReadonlyMap<string, GoldRow>;
  exclusions: ReadonlyMap<string, Exclusion>;
}

/**
 * Create one per process.
 * @param store the project's own
 * @param question of the project: an image whose label it no longer has is not gold
 */
export function trustReader(
  store: ObjectStore,
  question: Pick<Question, "labels">,
  { log, now, complete = async () => false }: Options = {},
): TrustReader {
  const goldRows = currentGold(store, log);
  const exclusionRows = currentExclusions(store, log);
  let last: Read | undefined;

  async function readExclusions(): Promise<Read["exclusions"]> {
    const exclusions = await exclusionRows.read();
    if (exclusions === last?.exclusions || exclusions.size === 0) return exclusions;
    const isCompleted = await complete(exclusions.keys()).catch((error: unknown) => {
      log?.warn(
        { err: error },
        "an erasure could not be completed; it is tried again when somebody is excluded",
      );
      return false;
    });
    return isCompleted ? exclusionRows.read() : exclusions;
  }

  async function readBoth(): Promise<Read> {
    const [gold, exclusions] = await Promise.all([goldRows.read(), readExclusions()]);
    if (last?.gold === gold && last.exclusions === exclusions) return last;
    last = {
      gold,
      exclusions,
      trust: { gold: goldLabels(gold, question), excluded: excludedIn(exclusions) },
    };
    return last;
  }

  const reads = asyncCache<Read>({ lifetime: LIFETIME_MS, ...(now && { now }) });
  return {
    read: async () => (await reads.load("both", readBoth)).trust,
    exclusions: async () => (await reads.load("both", readBoth)).exclusions,
    goldUntil: async (until) => goldLabels(await goldRows.readUntil(until), question),
    forget: () => reads.forget(() => true),
  };
}

function goldLabels(rows: ReadonlyMap<string, GoldRow>, { labels }: Pick<Question, "labels">): Trust["gold"] {
  const gold = new Map<string, Label>();
  for (const [image, { label }] of rows)
    if (label !== undefined && label < labels.length) gold.set(image, label);
  return gold;
}

function excludedIn(rows: ReadonlyMap<string, Exclusion>): Trust["excluded"] {
  return new Set(rows.values().flatMap(({ labeler, excluded }) => (excluded ? [labeler] : [])));
}
