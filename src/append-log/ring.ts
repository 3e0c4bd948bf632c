/**
 * The writers that take turns at one object, as the note of its last version names them. They decide only when a writer tries
 * to commit, so a wrong, old or missing ring costs time and never a row.
 */
export interface Ring {
  /** Number of commits so far, counted from the last version without a readable ring. */
  commits: number;
  /** Writers with more to write, in the order of their turns. */
  members: readonly string[];
}

/** Keeps the note below 1,000 characters. Writers beyond it race. */
const MAX_MEMBERS = 100;
const NOTE = /^(\d{1,12})(?: ([a-z\d]{1,8}(?:,[a-z\d]{1,8})*))?$/;

/** A writer that wrote fewer rows has probably nothing to write at its next turn, which would be lost time for the others. */
const MIN_ROWS = 2;

/** PUT times for which the others wait for the first in the ring, and more for each one after it. */
const FIRST_PATIENCE_PUTS = 3;
const NEXT_PATIENCE_PUTS = 1;
/** How often all members hold back, so that a newcomer commits whatever the latencies, and for how many PUT times. */
const OPEN_INTERVAL_COMMITS = 8;
const OPEN_PUTS = 1;

/** When the second in the ring starts to look for the first one's commit, in PUT times; and more for each one after it. */
const FIRST_LOOK_PUTS = 0.3;
const NEXT_LOOK_PUTS = 0.4;
/** Shortest time from look to look, in PUT times. */
const LOOK_INTERVAL_PUTS = 1 / 6;
/** A version that was seen longer ago is looked at again before a PUT, in PUT times. */
const FRESH_PUTS = 1;

/** Makes the name of a writer. @param random returns a number from 0 up to, not including, 1 */
export function writerName(random: () => number): string {
  return Math.floor(random() * 36 ** 6).toString(36);
}

/** Reads a note. Returns undefined for what is not a ring. */
export function parseRing(note: string | undefined): Ring | undefined {
  const [, commits, members = ""] = NOTE.exec(note ?? "") ?? [];
  if (commits === undefined) return undefined;
  return { commits: Number(commits), members: members === "" ? [] : members.split(",") };
}

export function formatRing({ commits, members }: Ring): string {
  return `${commits} ${members.join(",")}`.trim();
}

/** The ring after a commit: its writer moves to the end, and those that it has overtaken leave. */
export function ringAfter(ring: Ring | undefined, writer: string, rows: number): Ring {
  const { commits, members } = ring ?? { commits: 0, members: [] };
  const waiting = members.slice(members.indexOf(writer) + 1);
  const stays = rows >= MIN_ROWS ? [writer] : [];
  return { commits: commits + 1, members: [...waiting, ...stays].slice(-MAX_MEMBERS) };
}

/** Whether the writer is one of several in the ring, so that its turns are given. */
export function hasTurn(ring: Ring | undefined, writer: string): ring is Ring {
  return ring !== undefined && ring.members.length > 1 && ring.members.includes(writer);
}

/** All in milliseconds, of one clock. */
export interface Sight {
  now: number;
  /** When the version with this ring probably became visible. */
  since: number;
  /** When the last look that showed it began. */
  seen: number;
  putTime: number;
}

/**
 * Decides whether it is a writer's turn. Returns "put", or the time of the next look.
 * @param ring of the last version that the writer has seen
 */
export function nextStep(
  ring: Ring | undefined,
  writer: string,
  { now, since, seen, putTime }: Sight,
): "put" | number {
  const { commits, members } = ring ?? { commits: 0, members: [] };
  const place = members.indexOf(writer);
  const isAlone = members.length === (place === -1 ? 0 : 1);
  if (isAlone) return "put";
  const patience = place > 0 ? FIRST_PATIENCE_PUTS + (place - 1) * NEXT_PATIENCE_PUTS : 0;
  const opening = place >= 0 && commits % OPEN_INTERVAL_COMMITS === 0 ? OPEN_PUTS : 0;
  const turn = since + (patience + opening) * putTime;
  if (now >= turn) return now - seen < FRESH_PUTS * putTime ? "put" : now;
  const firstLook = since + (FIRST_LOOK_PUTS + NEXT_LOOK_PUTS * (place - 1)) * putTime;
  return Math.min(Math.max(firstLook, seen + LOOK_INTERVAL_PUTS * putTime), turn);
}
