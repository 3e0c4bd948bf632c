import type { Outcome } from "./add-image.ts";
import { printable } from "../../platform/printable.ts";
import type { Found } from "./source.ts";

export interface Summary {
  count(name: string, outcome: Outcome): void;
  readonly refused: number;
  /** Those that are in the set now, be it for long. */
  readonly own: number;
  toString(): string;
}

/** What became of everything, for whoever runs the import. */
export function summary(skipped: Found["skipped"]): Summary {
  const counts = { added: 0, present: 0, refused: 0 };
  const lines = skipped.map(({ name, reason }) => `skipped  ${printable(name)}: ${reason}`);
  return {
    count(name, outcome) {
      counts[outcome.became] += 1;
      if (outcome.became === "refused") lines.push(`refused  ${printable(name)}: ${outcome.reason}`);
    },
    get refused() {
      return counts.refused;
    },
    get own() {
      return counts.added + counts.present;
    },
    toString() {
      const { added, present, refused } = counts;
      return [...lines, `added ${added}, already there ${present}, refused ${refused}`].join("\n");
    },
  };
}
