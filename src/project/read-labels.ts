import { setImmediate } from "node:timers/promises";
import { labelsIn, type LabelRow } from "./label-file.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import type { Part } from "../append-log/parts.ts";
import { readParts } from "../append-log/read-parts.ts";

/** What one part of the label file holds. */
export interface LabelBatch {
  rows: LabelRow[];
  /** Rows that are no answers, as somebody's editor may have made them. */
  unreadable: number;
}

/** All answers in the order in which they stand in these parts of the label file, a part at a time. */
export async function* readLabels(store: ObjectStore, parts: readonly Part[]): AsyncGenerator<LabelBatch> {
  for await (const { object } of readParts(store, parts)) {
    yield labelsIn(object.body);
    // A part takes a few milliseconds; others wait for the same thread.
    await setImmediate();
  }
}
