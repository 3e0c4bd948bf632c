import type { PartSequence } from "./part-sequence.ts";
import { formatRing, hasTurn, nextStep, parseRing, ringAfter, writerName, type Ring } from "./ring.ts";

interface TurnOptions {
  parts: Pick<PartSequence, "refresh" | "look" | "version">;
  /** Average duration of a PUT, in milliseconds. */
  putTime: () => number;
  /** Returns milliseconds of a clock that is never set. */
  clock: () => number;
  wait: (milliseconds: number) => Promise<void>;
  /** Returns a number from 0 up to, not including, 1. */
  random: () => number;
}

/** One writer's turns at a table: reads the table until it is this writer's turn, and passes on the ring with its commits. */
export function writerTurns({ parts, putTime, clock, wait, random }: TurnOptions) {
  const writer = writerName(random);
  /** When the last read that showed the view's version began. */
  let seen = clock();
  /** When that version probably became visible: half-way between two reads, or between the start and the end of the PUT. */
  let since = seen;

  const ring = (): Ring | undefined => parseRing(parts.version()?.note);

  async function read(how: () => Promise<void>): Promise<void> {
    const began = clock();
    const before = parts.version();
    await how();
    if (parts.version() !== before) since = (seen + clock()) / 2;
    seen = began;
  }

  return {
    refresh: () => read(parts.refresh),

    /** Resolves when it is this writer's turn, by the version that it has seen last. Looks at the table until then. */
    async arrive(): Promise<void> {
      for (;;) {
        const now = clock();
        const step = nextStep(ring(), writer, { now, since, seen, putTime: putTime() });
        if (step === "put") return;
        if (step > now) await wait(step - now);
        await read(parts.look);
      }
    },

    /** The ring after a commit of this many rows, as the note of the part. */
    note: (rows: number): string => formatRing(ringAfter(ring(), writer, rows)),

    /** Call after a commit, with the time when its PUT began. */
    committed(began: number): void {
      since = (began + clock()) / 2;
      seen = since;
    },

    /** Whether others wait for this writer as it waits for them, so that nobody has to guess when to commit. */
    areFixed: (): boolean => hasTurn(ring(), writer),
  };
}
