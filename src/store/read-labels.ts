import { setImmediate } from "node:timers/promises";
import { LABELS, labelsIn, type LabelRow } from "./label-file.ts";
import type { ObjectStore } from "./object-store.ts";
import { readParts } from "./read-parts.ts";

/** What one part of the label file holds. */
export interface LabelBatch {
  rows: LabelRow[];
  /** Rows that are no answers, as somebody's editor may have made them. */
  unreadable: number;
}

/** All answers in the order in which they stand in the label file, a part at a time. */
export async function* readLabels(store: ObjectStore): AsyncGenerator<LabelBatch> {
  for await (const { object } of readParts(store, LABELS.prefix)) {
    yield labelsIn(object.body);
    // A part takes a few milliseconds; others wait for the same thread.
    await setImmediate();
  }
}
