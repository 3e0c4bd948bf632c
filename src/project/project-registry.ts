import { isDeepStrictEqual } from "node:util";
import { answersBy, lastAnswer } from "../labeling/own-answers.ts";
import { HOTDOG_QUESTION, type Question } from "../labeling/question.ts";
import { DEFAULT_SETTLE_AT } from "../labeling/settle-thresholds.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { channelLookup, type ChannelLookup } from "./channel-lookup.ts";
import { questionOf, type ProjectDefinition } from "./definition.ts";
import type { ReadTallyOptions } from "./label-tally.ts";
import type { NearDuplicateOptions } from "./near-duplicates/near-duplicates.ts";
import type { People } from "./people.ts";
import type { IdentifiedProject, ProjectIndex } from "./project-index.ts";
import {
  projectFiles,
  projectPrefix,
  type Project,
  type ProjectFiles,
  type ProjectOptions,
} from "./project.ts";
import { hotdogKeys, projectKeys } from "./pseudonyms.ts";

/** Maximum number of projects in memory besides the built-in one. */
const MAX_PROJECTS = 100;
/** Maximum number of rows whose votes are in memory. Projects in use, and the most recently used one, may exceed it. */
const MAX_ROWS = 2_000_000;
/** Share of these rows that the built-in project, whose votes are always kept, leaves to the others. */
const MIN_SHARE_OF_OTHERS = 0.25;

/** A project in memory. It stays there at least until it is disposed of. */
interface OpenProject<Attached> extends Disposable {
  project: Project;
  /** Undefined for the built-in project. */
  definition: ProjectDefinition | undefined;
  attached: Attached;
}

/** The projects of a process. The most recently used ones are kept in memory. */
export interface ProjectRegistry<Attached> extends ChannelLookup {
  /** @param found a project as `at` found it; null for the built-in project */
  open(found: IdentifiedProject | null): OpenProject<Attached>;
  /** Like `open`, but leaves in memory what was there: for work that goes through all projects. */
  visit(found: IdentifiedProject | null): OpenProject<Attached>;
}

/** Creates what the process keeps with a project, such as estimates from its labels. Called again after a change of the question. */
export type Attach<Attached> = (project: Project) => Attached;

interface Options<Attached> extends NearDuplicateOptions {
  /** The operator's secret. */
  secret: string;
  /** The probability of its label from which a hot dog image is settled. */
  hotdogsSettleAt?: number;
  index: Pick<ProjectIndex, "readChannel">;
  people: Pick<People, "admit">;
  attach: Attach<Attached>;
  maxProjects?: number;
  maxRows?: number;
}

interface Entry<Attached> {
  /** Shared by all jobs about the project, so that their rows share commits. */
  files: ProjectFiles;
  /** What was counted from the label file. Can be dropped alone, because a press does not need it. */
  votes: Pick<OpenProject<Attached>, "project" | "attached"> | undefined;
  /** Number of uses that are not disposed of, and of reads of its votes under way. */
  users: number;
  /** Number of rows whose votes are in memory. */
  rows: number;
}

/**
 * Create one per process, so that all jobs about a project share its writers.
 * @param store the whole store
 */
export function projectRegistry<Attached>(
  store: ObjectStore,
  options: Options<Attached>,
): ProjectRegistry<Attached> {
  const { secret, index, people, attach, now } = options;
  const { hotdogsSettleAt = DEFAULT_SETTLE_AT } = options;
  const hotdogQuestion = { ...HOTDOG_QUESTION, settleAt: hotdogsSettleAt };
  const { maxProjects = MAX_PROJECTS, maxRows = MAX_ROWS } = options;
  /** By id, least recently used first. */
  const entries = new Map<string | null, Entry<Attached>>();
  /** Whether there may be too many projects or rows. Most presses need not count them. */
  let isFull = false;

  function create(id: string | null, question: Question): Entry<Attached> {
    const files = projectFiles(store, projectPrefix(id), { ...options, ...peopleOf(id), question });
    isFull = true;
    return { files, votes: undefined, users: 0, rows: 0 };
  }

  /** Prepares to count the votes of an entry. A count under way is a use, so that it is not dropped and begun again. */
  function votesIn(entry: Entry<Attached>): NonNullable<Entry<Attached>["votes"]> {
    const tally = entry.files.createTally();
    async function read(readOptions?: ReadTallyOptions) {
      entry.users += 1;
      try {
        const current = await tally.read(readOptions);
        entry.rows = current.answers;
        isFull = true;
        return current;
      } finally {
        entry.users -= 1;
        trim();
      }
    }
    const exclusions: Project["exclusions"] = {
      async set(row) {
        const last = lastAnswer(answersBy((await read()).votes, row.labeler), BigInt(row.id));
        return last === undefined ? "erased" : entry.files.exclusions.set(row, String(last.id));
      },
    };
    const counted = { ...entry.files, tally: { ...tally, read }, exclusions };
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
   * Returns the project's entry, which may be a new one. Jobs that use the project with an earlier question continue with the earlier
   * entry: two writers of the same files in one process are as safe as in two.
   */
  function entryOf(found: IdentifiedProject | null): Entry<Attached> {
    const question = found === null ? hotdogQuestion : questionOf(found.definition);
    const id = found?.id ?? null;
    const before = entries.get(id);
    const isSame = isDeepStrictEqual(before?.files.question, question);
    return before !== undefined && isSame ? before : create(id, question);
  }

  function use(entry: Entry<Attached>, found: IdentifiedProject | null): OpenProject<Attached> {
    entry.users += 1;
    const { project, attached } = (entry.votes ??= votesIn(entry));
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
  }

  /** Drops the least recently used projects while there are too many, and then the votes of others while these have too many rows. */
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
    ...channelLookup({ index, now }),

    open(found) {
      const id = found?.id ?? null;
      const entry = entryOf(found);
      // The last one is the most recently used.
      entries.delete(id);
      entries.set(id, entry);
      return use(entry, found);
    },

    visit: (found) => use(entryOf(found), found),
  };
}
