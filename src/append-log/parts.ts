import { MAX_PAGE, type ListedObject, type ObjectStore } from "../object-store/object-store.ts";

/** One CSV file of a table, as a list tells of it. */
export interface Part extends ListedObject {
  number: number;
}

export function partKey(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(5, "0")}.csv`;
}

/** The parts of the table below this prefix, which ends in "/", by number: from 100,000 on, the order of the keys is another. */
export async function listParts(store: ObjectStore, prefix: string): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const object of allBelow(store, prefix)) {
    const number = numberOf(object.key);
    if (number !== undefined) parts.push({ ...object, number });
  }
  return parts.toSorted((a, b) => a.number - b.number);
}

function numberOf(key: string): number | undefined {
  const digits = /\/(\d{5,})\.csv$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

async function* allBelow(store: ObjectStore, prefix: string): AsyncGenerator<ListedObject> {
  let startAfter = "";
  for (;;) {
    const page = await store.list(prefix, { startAfter });
    yield* page;
    if (page.length < MAX_PAGE) return;
    startAfter = page.at(-1)?.key ?? "";
  }
}
