export interface TurnClock {
  /** Number of turns so far. */
  now: () => number;
  /** Resolves after this many turns. In each turn, everything that can continue does. */
  pass: (turns: number) => Promise<void>;
}

/** Counts turns of the event loop, to simulate delays without waiting. */
export function turnClock(): TurnClock {
  /** Callbacks by the turn in which they run. One promise per turn and waiter would be slower. */
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
