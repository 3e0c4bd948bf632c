import type { Item } from "./account.ts";
import type { Fate } from "./fate.ts";

/** One line for people, as in "240 stats taken = 240 answers = 240 logs". */
export function summary(items: readonly Item[]): string {
  const stats = items.filter(({ asked }) => asked.kind === "stats");
  const presses = items.filter(({ asked }) => asked.kind === "press");
  const withFate = (fate: Fate): number => items.filter((item) => item.fate === fate).length;
  const told = [
    [withFate("notAccepted"), "told that they were not accepted"],
    [withFate("unacknowledged"), "failed visibly"],
    [withFate("thinking"), "left thinking"],
    [withFate("refused"), "refused"],
    [items.filter(({ isDeadLetter }) => isDeadLetter).length, "dead letters"],
  ] as const;
  return [
    chain(stats, ["stats taken", "answers", "logs"]),
    chain(presses, ["presses taken", "confirmed", "rows"]),
    ...told.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  ].join("; ");
}

/** @param names of those taken, answered and kept */
function chain(items: readonly Item[], names: readonly [string, string, string]): string {
  const counts = [
    items.filter(({ isTaken }) => isTaken).length,
    items.filter(({ fate }) => fate === "answered").length,
    items.filter(({ isKept }) => isKept).length,
  ];
  const texts = counts.map((count, index) => `${count} ${names[index]}`);
  return texts.join(new Set(counts).size === 1 ? " = " : ", ");
}
