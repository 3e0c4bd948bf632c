import { isDeepStrictEqual } from "node:util";
import type { AppendOptions } from "../append-log/append-log.ts";
import { HOTDOG_QUESTION, type Question } from "../labeling/question.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { asyncCache } from "../platform/async-cache.ts";
import { questionOf, type ProjectDefinition } from "./definition.ts";
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
/** Maximum number of rows whose votes are in memory. A project that is in use may exceed it. */
const MAX_ROWS = 2_000_000;

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
  project: Project;
  attached: Attached;
  /** Number of users who have not disposed of it. */
  users: number;
  /** Number of rows in memory. */
  rows: number;
}

/** Create one per process: it holds the only writers of each project's files. @param store the whole store */
export function projectRegistry<Attached>(
  store: ObjectStore,
  options: Options<Attached>,
): ProjectRegistry<Attached> {
  const { secret, index, people, attach, now } = options;
  const { maxProjects = MAX_PROJECTS, maxRows = MAX_ROWS } = options;
  const channels = new Map<string, { found: IdentifiedProject; until: number }>();
  // A read in progress may have passed a change that the next caller has to see.
  const reads = asyncCache<IdentifiedProject | "closed" | undefined>({ share: "next" });
  /** Number of calls of `forget`: what was read before one is not cached. */
  let changes = 0;
  /** By id, in the order of use. */
  const entries = new Map<string | null, Entry<Attached>>();

  function create(id: string | null, question: Question): Entry<Attached> {
    const made = project(store, projectPrefix(id), { ...options, ...peopleOf(id), question });
    async function read() {
      const tally = await made.tally.read();
      entry.rows = tally.answers;
      return tally;
    }
    const counted = { ...made, tally: { read } };
    const entry = { project: counted, attached: attach(counted), users: 0, rows: 0 };
    return entry;
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
    const entry = isDeepStrictEqual(before?.project.question, question) ? before : undefined;
    const current = entry ?? create(id, question);
    entries.delete(id);
    entries.set(id, current);
    return current;
  }

  /** Drops the projects that were not used for the longest time, as long as there are too many projects or rows. */
  function trim(): void {
    let rows = entries.values().reduce((sum, entry) => sum + entry.rows, 0);
    let count = entries.size - (entries.has(null) ? 1 : 0);
    for (const [id, entry] of entries) {
      const isExcess = count > maxProjects || (rows > maxRows && entry.rows > 0);
      if (id === null || entry.users > 0 || !isExcess) continue;
      entries.delete(id);
      count -= 1;
      rows -= entry.rows;
    }
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
      const entry = entryOf(found?.id ?? null, question);
      entry.users += 1;
      let isOpen = true;
      return {
        project: entry.project,
        definition: found?.definition,
        attached: entry.attached,
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
