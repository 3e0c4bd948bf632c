import type { ObjectStore } from "../../src/object-store/object-store.ts";

/** The interaction ids of all rows of the label file. */
export async function storedPressIds(store: ObjectStore): Promise<string[]> {
  const bodies = await Promise.all(
    (await listKeys(store, "labels/")).map(async (key) => (await store.get(key))?.body.toString() ?? ""),
  );
  return bodies
    .flatMap((body) => body.split("\r\n").slice(1, -1))
    .map((line) => line.slice(0, line.indexOf(",")));
}

/** All keys below a prefix. */
export async function listKeys(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for (let startAfter = ""; ; startAfter = keys.at(-1) ?? "") {
    const page = await store.list(prefix, { startAfter });
    if (page.length === 0) return keys;
    keys.push(...page.map(({ key }) => key));
  }
}
