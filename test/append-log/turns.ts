export interface TurnClock {
  /** How many turns there have been. */
  now: () => number;
  /** Resolves after so many turns, in each of which all goes on that can. */
  pass: (turns: number) => Promise<void>;
}

/** A clock that counts turns of the event loop, to simulate delays without waiting. */
export function turnClock(): TurnClock {
  /** Callbacks by the turn in which they run; one promise per turn and waiter would be slower. */
  const due = new Map<number, (() => void)[]>();
  let turn = 0;

  function next(): void {
    turn += 1;
    const resumed = due.get(turn) ?? [];
    due.delete(turn);
    for (const resume of resumed) resume();
    if (due.size > 0) setImmediate(next);
  }

  return {
    now: () => turn,
    async pass(turns) {
      if (turns === 0) return;
      if (due.size === 0) setImmediate(next);
      const resumed = due.get(turn + turns) ?? [];
      due.set(turn + turns, resumed);
      await new Promise<void>((resolve) => resumed.push(resolve));
    },
  };
}
