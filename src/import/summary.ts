import type { Outcome } from "./add-file.ts";
import type { FoundFiles } from "./find-files.ts";
import { printable } from "./printable.ts";

export interface Summary {
  count(path: string, outcome: Outcome): void;
  readonly refused: number;
  toString(): string;
}

/** What became of everything, for whoever runs the import. */
export function summary(skipped: FoundFiles["skipped"]): Summary {
  const counts = { added: 0, present: 0, refused: 0 };
  const lines = skipped.map(({ path, reason }) => `skipped  ${printable(path)}: ${reason}`);
  return {
    count(path, outcome) {
      counts[outcome.became] += 1;
      if (outcome.became === "refused") lines.push(`refused  ${printable(path)}: ${outcome.reason}`);
    },
    get refused() {
      return counts.refused;
    },
    toString() {
      const { added, present, refused } = counts;
      return [...lines, `added ${added}, already there ${present}, refused ${refused}`].join("\n");
    },
  };
}
