import type { Trust } from "../labeling/trust.ts";
import { detachedCopy } from "../labeling/votes.ts";
import { pseudonym } from "../project/pseudonyms.ts";
import type { LabelBatch } from "../project/label-file.ts";

/**
 * Replaces the stored pseudonyms with those of one export, so that nobody can match the people of two exports, or of an export
 * and the store.
 * @param key the same key gives the same pseudonyms
 */
export async function* pseudonymize(
  labels: AsyncIterable<LabelBatch>,
  key: string | Buffer,
): AsyncGenerator<LabelBatch> {
  const pseudonyms = new Map<string, string>();
  for await (const { rows, unreadable } of labels) {
    for (const row of rows) {
      const known = pseudonyms.get(row.labeler);
      const name = known ?? pseudonym(key, row.labeler);
      if (known === undefined) pseudonyms.set(detachedCopy(row.labeler), name);
      row.labeler = name;
    }
    yield { rows, unreadable };
  }
}

/** Gives excluded people the pseudonyms that they have in an export with this key. */
export function pseudonymizeTrust({ gold, excluded }: Trust, key: string | Buffer): Trust {
  return { gold, excluded: new Set(excluded.values().map((labeler) => pseudonym(key, labeler))) };
}
