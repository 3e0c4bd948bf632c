import { pseudonym } from "../project/pseudonyms.ts";
import { detachedCopy } from "../labeling/votes.ts";
import type { LabelBatch } from "../project/label-file.ts";

/**
 * Gives people the pseudonyms of one export in place of the stored ones, so that nobody who has two exports, or a row of
 * the store, can tell which of them are the same person's.
 * @param key the same key gives the same pseudonyms
 */
export async function* renamePeople(
  labels: AsyncIterable<LabelBatch>,
  key: string | Buffer,
): AsyncGenerator<LabelBatch> {
  const renamed = new Map<string, string>();
  for await (const { rows, unreadable } of labels) {
    for (const row of rows) {
      const known = renamed.get(row.labeler);
      const name = known ?? pseudonym(key, row.labeler);
      if (known === undefined) renamed.set(detachedCopy(row.labeler), name);
      row.labeler = name;
    }
    yield { rows, unreadable };
  }
}
