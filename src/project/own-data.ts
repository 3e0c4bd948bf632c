import { headerLine, rowLine } from "../append-log/csv.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { takeRows, type PersonTable } from "../append-log/erasure/person-rows.ts";
import { listParts, readParts } from "../append-log/parts.ts";
import { EXCLUSION_TABLE } from "./exclusion-file.ts";
import { LABEL_TABLE } from "./label-file.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { UPLOAD_TABLE } from "./upload-file.ts";

/** The rows that a table holds about one person. */
export interface OwnData {
  rows: number;
  /** The person's rows with the header; undefined if that exceeds the size limit. */
  csv: Buffer | undefined;
}

/** The tables that name people. */
export const PERSON_TABLES = ["labels", "uploads", "exclusions"] as const;
export type PersonTableName = (typeof PERSON_TABLES)[number];

/** Collects a person's rows from all tables. Needs memory for a few parts and twice `maxBytes`. */
export async function ownData(
  store: ObjectStore,
  { labeler, uploaders }: Pick<Pseudonyms, "labeler" | "uploaders">,
  maxBytes: number,
): Promise<Record<PersonTableName, OwnData>> {
  const labels = await rowsOf(store, LABEL_TABLE, { pseudonyms: [labeler], maxBytes });
  const uploads = await rowsOf(store, UPLOAD_TABLE, { pseudonyms: uploaders, maxBytes });
  const exclusions = await rowsOf(store, EXCLUSION_TABLE, { pseudonyms: [labeler], maxBytes });
  return { labels, uploads, exclusions };
}

async function rowsOf(
  store: ObjectStore,
  table: PersonTable,
  { pseudonyms, maxBytes }: { pseudonyms: readonly string[]; maxBytes: number },
): Promise<OwnData> {
  const { prefix, columns } = table;
  const header = headerLine(columns);
  let lines: Buffer[] = [];
  let rows = 0;
  let size = header.length;
  for await (const { body } of readParts(store, await listParts(store, prefix))) {
    const taken = takeRows(body, table, pseudonyms, () => true).rows;
    rows += taken.length;
    if (size <= maxBytes) {
      const block = Buffer.concat(taken.map((row) => rowLine(columns, { id: "", ...row })));
      size += block.length;
      lines.push(block);
    }
    if (size > maxBytes) lines = [];
  }
  return { rows, csv: size > maxBytes ? undefined : Buffer.concat([header, ...lines]) };
}
