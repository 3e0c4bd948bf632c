/**
 * The writers that take turns at one object, as its last version names them in its note (`StoredObject.note`). A ring decides only when
 * a writer tries to commit, so a wrong, old or missing one costs time and never a row. docs/design/append-log.md#contention has the
 * rules.
 */
export interface Ring {
  /** Number of commits since the last version without a readable ring. */
  commits: number;
  /** Names of the writers that have more to write, in the order of their turns. */
  members: readonly string[];
}

/** Keeps the note below 1,000 characters. With more writers, those that have waited longest leave the ring and race. */
const MAX_MEMBERS = 100;
const NAME_LENGTH = 6;
const NOTE = /^(\d{1,12})(?: ([a-z\d]{1,8}(?:,[a-z\d]{1,8})*))?$/;

/** A writer that wrote fewer rows leaves the ring: it would probably have nothing to write at its next turn. */
const MIN_ROWS = 2;

/** PUT times for which the second in the ring waits for the first; each one after it waits longer. */
const FIRST_PATIENCE_PUTS = 3;
const NEXT_PATIENCE_PUTS = 1;
/** Without any commit for this long nobody waits any more, so that a ring of names that are gone costs little. */
const MAX_PATIENCE_PUTS = 8;
/** Number of commits after which all members hold back, so that a newcomer commits whatever the latencies (I7). */
const OPEN_INTERVAL_COMMITS = 8;
const OPEN_PUTS = 1;

/** When the second in the ring starts to look for the first one's commit, in PUT times; each one after it starts later. */
const FIRST_LOOK_PUTS = 0.3;
const NEXT_LOOK_PUTS = 0.4;
/** Shortest time from the start of a look to that of the next, in PUT times. */
const LOOK_INTERVAL_PUTS = 1 / 6;
/** A version that was last seen longer ago is looked at again before a PUT, in PUT times. */
const FRESH_PUTS = 1;

/** Makes a name for a writer. @param random returns a number from 0 up to, not including, 1 */
export function writerName(random: () => number): string {
  return Math.floor(random() * 36 ** NAME_LENGTH).toString(36);
}

/** Reads a note. Returns undefined for what is not a ring. */
export function parseRing(note: string | undefined): Ring | undefined {
  const [, commits, members = ""] = NOTE.exec(note ?? "") ?? [];
  if (commits === undefined) return undefined;
  const names = members === "" ? [] : members.split(",");
  return names.length > MAX_MEMBERS ? undefined : { commits: Number(commits), members: names };
}

/** Writes a ring as a note: `17 k3f9,x81,b77`. */
export function formatRing({ commits, members }: Ring): string {
  return `${commits} ${members.join(",")}`.trim();
}

/** The ring after a commit: its writer moves to the end, and those that it has overtaken leave. */
export function ringAfter(ring: Ring | undefined, writer: string, rows: number): Ring {
  const { commits, members } = ring ?? { commits: 0, members: [] };
  // All of them if the writer is new.
  const waiting = members.slice(members.indexOf(writer) + 1);
  const last = rows >= MIN_ROWS ? [writer] : [];
  return { commits: commits + 1, members: [...waiting, ...last].slice(-MAX_MEMBERS) };
}

/** Whether the writer is in the ring with others, so that its turns are fixed. */
export function hasTurn(ring: Ring | undefined, writer: string): boolean {
  return ring !== undefined && ring.members.length > 1 && ring.members.includes(writer);
}

/** What a writer knows of the last version that it has seen. All in milliseconds, of one clock. */
export interface Sight {
  now: number;
  /** When the version probably became visible. */
  since: number;
  /** When the last look that showed it began. */
  seen: number;
  /** Average duration of a PUT. */
  putTime: number;
}

/**
 * Decides what a writer with rows does next: "put", or the time of its next look.
 * @param ring of the last version that the writer has seen
 */
export function nextStep(ring: Ring | undefined, writer: string, sight: Sight): "put" | number {
  const { now, since, seen, putTime } = sight;
  const { commits, members } = ring ?? { commits: 0, members: [] };
  const place = members.indexOf(writer);
  const isAlone = members.every((member) => member === writer);
  if (isAlone) return "put";
  const turn = since + patienceOf(place, commits) * putTime;
  if (now >= turn) return now - seen < FRESH_PUTS * putTime ? "put" : now;
  const firstLook = since + (FIRST_LOOK_PUTS + (place - 1) * NEXT_LOOK_PUTS) * putTime;
  return Math.min(Math.max(firstLook, seen + LOOK_INTERVAL_PUTS * putTime), turn);
}

/** PUT times from a version to a writer's turn. A newcomer, whose place is -1, does not wait. */
function patienceOf(place: number, commits: number): number {
  if (place === -1) return 0;
  const opening = commits % OPEN_INTERVAL_COMMITS === 0 ? OPEN_PUTS : 0;
  const patience = place === 0 ? 0 : FIRST_PATIENCE_PUTS + (place - 1) * NEXT_PATIENCE_PUTS;
  return opening + Math.min(patience, MAX_PATIENCE_PUTS);
}
