import type { Account } from "./account.ts";

/** One line for people, as in "240 stats = 240 answers = 240 logs". */
export function summary({ stats, presses }: Account, deadLetters: number): string {
  const told = [
    [stats.notAccepted + presses.notAccepted, "told that they were not accepted"],
    [stats.unacknowledged + presses.unacknowledged, "failed visibly"],
    [stats.thinking + presses.thinking, "left thinking"],
    [stats.refused + presses.refused, "refused"],
    [deadLetters, "dead letters"],
  ] as const;
  return [
    chain([stats.taken, "stats taken"], [stats.answered, "answers"], [stats.kept, "logs"]),
    chain([presses.taken, "presses taken"], [presses.answered, "confirmed"], [presses.kept, "rows"]),
    ...told.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  ].join("; ");
}

function chain(...counts: [count: number, what: string][]): string {
  const texts = counts.map(([count, what]) => `${count} ${what}`);
  return texts.join(new Set(counts.map(([count]) => count)).size === 1 ? " = " : ", ");
}
