import { isSnowflake } from "../../platform/snowflake.ts";
import type { ChangeObject } from "../change-object.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";

const KEY = "forgotten/newest.txt";
/** Above all ids. */
const ANY = 10n ** 19n;

/**
 * The greatest id of all forgettings that had begun when it was asked for, so that nobody whose row is newer, as nearly
 * every row is, has to look for a mark; 0 when there was none. Where somebody's editor has made it unreadable, every row may
 * be older.
 */
export async function readNewest(store: ObjectStore): Promise<bigint> {
  const found = await store.get(KEY);
  return found === undefined ? 0n : (idIn(found.body) ?? ANY);
}

/** Takes note of a forgetting, after its mark. */
export async function raiseNewest(changeObject: ChangeObject, id: string): Promise<void> {
  await changeObject(KEY, "text/plain; charset=utf-8", (body) =>
    body !== undefined && (idIn(body) ?? ANY) >= BigInt(id) ? undefined : Buffer.from(id),
  );
}

function idIn(body: Buffer): bigint | undefined {
  const text = body.toString().trim();
  return isSnowflake(text) ? BigInt(text) : undefined;
}
