import { isDeepStrictEqual } from "node:util";
import type { AppendOptions } from "../append-log/append-log.ts";
import { HOTDOG_QUESTION, type Question } from "../labeling/question.ts";
import { prefixedStore, type ObjectStore } from "../object-store/object-store.ts";
import { asyncCache } from "../platform/async-cache.ts";
import { questionOf, type ProjectDefinition } from "./definition.ts";
import { labelTally } from "./label-tally.ts";
import type { People } from "./people.ts";
import type { IdentifiedProject, ProjectIndex } from "./project-index.ts";
import { project, projectPrefix, type Project, type ProjectOptions } from "./project.ts";
import { hotdogKeys, projectKeys } from "./pseudonyms.ts";

/** How long the open project of a channel is cached, in milliseconds. */
const CHANNEL_LIFETIME_MS = 30_000;
/** Maximum number of channels in the cache. */
const MAX_CHANNELS = 1_000;
/** Maximum number of projects in memory besides the built-in one. */
const MAX_PROJECTS = 100;
/** Maximum number of rows whose votes are in memory. A project that is in use, or was used last, may exceed it. */
const MAX_ROWS = 2_000_000;
/** Share of these rows that the built-in project, whose votes are always kept, leaves to the others. */
const MIN_SHARE_OF_OTHERS = 0.25;

/** A project in memory, which stays there until it is disposed of. */
interface OpenProject<Attached> extends Disposable {
  project: Project;
  /** Undefined for the built-in project. */
  definition: ProjectDefinition | undefined;
  attached: Attached;
}

/** The projects of a process. Those that were used last are kept in memory. */
export interface ProjectRegistry<Attached> {
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
  /** @param found a project as `at` found it; null for the built-in project */
  open(found: IdentifiedProject | null): OpenProject<Attached>;
}

/** Makes what the process keeps with a project, such as estimates from its labels. Called again when the question has changed. */
export type Attach<Attached> = (project: Project) => Attached;

interface Options<Attached> extends AppendOptions {
  /** The operator's secret. */
  secret: string;
  index: Pick<ProjectIndex, "readChannel">;
  people: Pick<People, "admit">;
  attach: Attach<Attached>;
  maxProjects?: number;
  maxRows?: number;
}

interface Entry<Attached> {
  /** The only writers of the project's files. Its own tally is not used. */
  files: Project;
  /** What was counted from the label file. Can be dropped alone, because a press does not need it. */
  votes: Pick<OpenProject<Attached>, "project" | "attached"> | undefined;
  /** Number of users who have not disposed of it, and of reads of its votes under way. */
  users: number;
  /** Number of rows whose votes are in memory. */
  rows: number;
}

/** Create one per process: it holds the only writers of each project's files. @param store the whole store */
export function projectRegistry<Attached>(
  store: ObjectStore,
  options: Options<Attached>,
): ProjectRegistry<Attached> {
  const { secret, index, people, attach, now, log } = options;
  const { maxProjects = MAX_PROJECTS, maxRows = MAX_ROWS } = options;
  const channels = new Map<string, { found: IdentifiedProject; until: number }>();
  // A read in progress may have passed a change that the next caller has to see.
  const reads = asyncCache<IdentifiedProject | "closed" | undefined>({ share: "next" });
  /** Number of calls of `forget`: what was read before one is not cached. */
  let changes = 0;
  /** By id, in the order of use. */
  const entries = new Map<string | null, Entry<Attached>>();
  /** Whether there may be too many projects or rows. Saves most presses from looking. */
  let isFull = false;

  function create(id: string | null, question: Question): Entry<Attached> {
    const files = project(store, projectPrefix(id), { ...options, ...peopleOf(id), question });
    isFull = true;
    return { files, votes: undefined, users: 0, rows: 0 };
  }

  /** Prepares to count the votes of an entry. A count under way is a use, so that it is not dropped and begun again. */
  function votesIn(id: string | null, entry: Entry<Attached>): NonNullable<Entry<Attached>["votes"]> {
    const tally = labelTally(prefixedStore(store, projectPrefix(id)), entry.files.question, log);
    async function read() {
      entry.users += 1;
      try {
        const current = await tally.read();
        entry.rows = current.answers;
        isFull = true;
        return current;
      } finally {
        entry.users -= 1;
        trim();
      }
    }
    const counted = { ...entry.files, tally: { read } };
    return { project: counted, attached: attach(counted) };
  }

  function peopleOf(id: string | null): Pick<ProjectOptions, "keys" | "admit"> {
    if (id === null) return { keys: hotdogKeys(secret) };
    return {
      keys: projectKeys(secret, id),
      admit: (person, rowId) => people.admit(person, id, rowId),
    };
  }

  /**
   * Returns the project's entry, as the one that was used last. Whoever uses the project with an earlier question may finish: the
   * files take several writers.
   */
  function entryOf(id: string | null, question: Question): Entry<Attached> {
    const before = entries.get(id);
    const entry = isDeepStrictEqual(before?.files.question, question) ? before : undefined;
    const current = entry ?? create(id, question);
    entries.delete(id);
    entries.set(id, current);
    return current;
  }

  /** Drops the projects that were not used for the longest time, then the votes of those, as long as there are too many. */
  function trim(): void {
    if (!isFull) return;
    const others = [...entries].filter(([id]) => id !== null);
    const idle = others.slice(0, -1).filter(([, { users }]) => users === 0);
    const excess = Math.max(others.length - maxProjects, 0);
    const dropped = idle.splice(0, excess);
    for (const [id] of dropped) entries.delete(id);
    const kept = entries.get(null)?.rows ?? 0;
    const allowed = Math.max(maxRows - kept, maxRows * MIN_SHARE_OF_OTHERS);
    let rows = entries.values().reduce((sum, entry) => sum + entry.rows, -kept);
    for (const [, entry] of idle) {
      if (rows <= allowed) break;
      if (entry.rows === 0) continue;
      rows -= entry.rows;
      entry.votes = undefined;
      entry.rows = 0;
    }
    isFull = dropped.length < excess || rows > allowed;
  }

  return {
    async at(channel, accepts = () => true) {
      const cached = channels.get(channel);
      if (cached !== undefined && now() < cached.until && accepts(cached.found)) return cached.found;
      const changesBefore = changes;
      const found = await reads.load(channel, () => index.readChannel(channel));
      channels.delete(channel);
      if (typeof found === "object" && changes === changesBefore)
        channels.set(channel, { found, until: now() + CHANNEL_LIFETIME_MS });
      const [oldest = ""] = channels.keys();
      if (channels.size > MAX_CHANNELS) channels.delete(oldest);
      return found;
    },

    forget(channel) {
      changes += 1;
      channels.delete(channel);
    },

    open(found) {
      const question = found === null ? HOTDOG_QUESTION : questionOf(found.definition);
      const id = found?.id ?? null;
      const entry = entryOf(id, question);
      entry.users += 1;
      const { project, attached } = (entry.votes ??= votesIn(id, entry));
      let isOpen = true;
      return {
        project,
        definition: found?.definition,
        attached,
        [Symbol.dispose]() {
          if (!isOpen) return;
          isOpen = false;
          entry.users -= 1;
          trim();
        },
      };
    },
  };
}
