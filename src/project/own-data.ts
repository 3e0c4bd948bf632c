import { setImmediate } from "node:timers/promises";
import { headerLine, rowLine } from "../append-log/csv.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { takeRows, type PersonTable } from "../append-log/erasure/person-rows.ts";
import { listParts } from "../append-log/parts.ts";
import { readParts } from "../append-log/read-parts.ts";

/** What a table holds of one person. */
export interface OwnData {
  rows: number;
  /** Only their rows, with the header; undefined where it would be larger than was asked for. */
  csv: Buffer | undefined;
}

/** Reads a person's rows out of a table, in memory of a few parts and the most bytes that are wanted. */
export async function ownData(
  store: ObjectStore,
  table: PersonTable,
  { pseudonyms, most }: { pseudonyms: readonly string[]; most: number },
): Promise<OwnData> {
  const { prefix, columns } = table;
  const header = headerLine(columns);
  let lines: Buffer[] = [];
  let [rows, size] = [0, header.length];
  for await (const { object } of readParts(store, await listParts(store, prefix))) {
    const taken = takeRows(object.body, table, pseudonyms, () => true).rows;
    rows += taken.length;
    if (size <= most) {
      const block = Buffer.concat(taken.map((row) => rowLine(columns, { id: "", ...row })));
      size += block.length;
      lines.push(block);
    }
    if (size > most) lines = [];
    // A part takes a few milliseconds; others wait for the same thread.
    await setImmediate();
  }
  return { rows, csv: size > most ? undefined : Buffer.concat([header, ...lines]) };
}
