import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ConditionFailedError,
  InvalidKeyError,
  type ObjectStore,
} from "../../src/object-store/object-store.ts";

interface OpenStore {
  store: ObjectStore;
  remove(): Promise<void>;
}

const ODD_KEYS = [
  "",
  "/",
  "/a",
  "a/",
  "a//b",
  ".",
  "..",
  "../a",
  "a/../b",
  "a/./b",
  ".tmp/a",
  "a\\b",
  "a\0b",
  "a b",
  "A",
  "é",
  "a%2e",
  "c:a",
  "a".repeat(600),
];

const LONG = 20_000;

/** The contract of every store. `open` returns an empty one. */
export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name} as a store`, () => {
    let opened: OpenStore;
    let store: ObjectStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(async () => {
      await store.close();
      await opened.remove();
    });

    const bytes = (text: string): Buffer => Buffer.from(text);
    const textOf = async (key: string): Promise<string | undefined> =>
      (await store.get(key))?.body.toString();

    it("reports whether it can be used, and why not", async () => {
      await store.check(AbortSignal.timeout(LONG));
      const another = await open();
      await another.remove();
      await expect(another.store.check(AbortSignal.timeout(LONG))).rejects.toThrow(
        /cannot be (?:used|written to): .*(?:ECONNREFUSED|ENOENT|does not exist)/,
      );
      await another.store.close();
    });

    it("returns the bytes that were put, with the ETag that put returned", async () => {
      const body = Buffer.from([0, 255, 13, 10, 0x80]);
      const etag = await store.put("a/b/c.bin", body, { contentType: "application/octet-stream" });
      const found = await store.get("a/b/c.bin");
      expect(found?.body.equals(body)).toBe(true);
      expect(found?.etag).toBe(etag);
    });

    it("returns when an object was modified", async () => {
      const before = Date.now();
      await store.put("a", bytes("1"));
      const modified = (await store.get("a"))?.modified.getTime() ?? 0;
      // Stores may round to the second.
      expect(modified).toBeGreaterThanOrEqual(before - 1_000);
      expect(modified).toBeLessThanOrEqual(Date.now() + 1_000);
    });

    it("keeps an empty object and one of 5 MiB", async () => {
      const large = Buffer.alloc(5 * 1024 * 1024, "hot dog ");
      await store.put("empty", Buffer.alloc(0));
      await store.put("large", large);
      expect((await store.get("empty"))?.body.length).toBe(0);
      expect((await store.get("large"))?.body.equals(large)).toBe(true);
    });

    it("describes an object without reading it", async () => {
      await store.put("a", bytes("123"));
      expect(await store.head("a")).toMatchObject({ key: "a", size: 3 });
      expect(await store.head("a", { probablyAbsent: true })).toEqual(await store.head("a"));
      await store.put("empty", Buffer.alloc(0));
      expect(await store.head("empty", { probablyAbsent: true })).toMatchObject({ key: "empty", size: 0 });
    });

    it("describes an object the same way in every method", async () => {
      await store.put("a", bytes("123"));
      const found = await store.get("a");
      const listed = { key: "a", size: 3, modified: found?.modified };
      expect(await store.head("a")).toEqual(listed);
      expect(await store.list("")).toEqual([listed]);
    });

    it("returns the caller's version while the object has its ETag", async () => {
      await store.put("a", bytes("1"));
      const first = await store.get("a");
      expect(await store.get("a", { unless: first })).toBe(first);
      await store.put("a", bytes("2"));
      expect((await store.get("a", { unless: first }))?.body.toString()).toBe("2");
      await store.delete("a");
      expect(await store.get("a", { unless: first })).toBeUndefined();
    });

    it("takes a note, which changes neither the bytes nor the ETag", async () => {
      const etag = await store.put("a", bytes("1"));
      expect(await store.put("a", bytes("1"), { note: "a note" })).toBe(etag);
      expect(await textOf("a")).toBe("1");
    });

    it("finds nothing that was never put", async () => {
      expect(await store.get("a")).toBeUndefined();
      expect(await store.head("a")).toBeUndefined();
      expect(await store.head("a", { probablyAbsent: true })).toBeUndefined();
      expect(await store.get("a/b")).toBeUndefined();
    });

    it("replaces an object, and its ETag changes with its content", async () => {
      const first = await store.put("a", bytes("1"));
      const second = await store.put("a", bytes("2"));
      expect(second).not.toBe(first);
      expect(await textOf("a")).toBe("2");
    });

    it("creates with ifNoneMatch only what does not exist", async () => {
      await store.put("a", bytes("1"), { condition: { ifNoneMatch: "*" } });
      await expect(store.put("a", bytes("2"), { condition: { ifNoneMatch: "*" } })).rejects.toThrow(
        ConditionFailedError,
      );
      expect(await textOf("a")).toBe("1");
    });

    it("replaces with ifMatch only what is unchanged", async () => {
      const first = await store.put("a", bytes("1"));
      const second = await store.put("a", bytes("2"), { condition: { ifMatch: first } });
      await expect(store.put("a", bytes("3"), { condition: { ifMatch: first } })).rejects.toThrow(
        ConditionFailedError,
      );
      await store.put("a", bytes("4"), { condition: { ifMatch: second } });
      expect(await textOf("a")).toBe("4");
    });

    it("does not create with ifMatch", async () => {
      const etag = await store.put("a", bytes("1"));
      await store.delete("a");
      await expect(store.put("a", bytes("2"), { condition: { ifMatch: etag } })).rejects.toThrow(
        ConditionFailedError,
      );
      expect(await store.get("a")).toBeUndefined();
    });

    it.each(["ifMatch", "ifNoneMatch"])("lets one of 20 racing writers win with %s", async (kind) => {
      const etag = kind === "ifMatch" ? await store.put("a", bytes("start")) : "";
      const condition = kind === "ifMatch" ? { ifMatch: etag } : ({ ifNoneMatch: "*" } as const);
      const writers = Array.from({ length: 20 }, async (_, index) => {
        await store.put("a", bytes(`writer ${index}`), { condition });
        return `writer ${index}`;
      });
      const outcomes = await Promise.allSettled(writers);
      const winners = outcomes.filter((outcome) => outcome.status === "fulfilled").map(({ value }) => value);
      const losers = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason);
      expect(winners).toHaveLength(1);
      expect(losers.every((reason) => reason instanceof ConditionFailedError)).toBe(true);
      expect(await textOf("a")).toBe(winners[0]);
    });

    it("loses no update when 8 writers read, append and retry", async () => {
      await store.put("a", bytes(""));
      async function append(line: string): Promise<void> {
        const current = await store.get("a");
        if (current === undefined) throw new Error("the object is gone");
        try {
          await store.put("a", bytes(`${current.body.toString()}${line}\n`), {
            condition: { ifMatch: current.etag },
          });
        } catch (error) {
          if (!(error instanceof ConditionFailedError)) throw error;
          await append(line);
        }
      }
      const lines = Array.from({ length: 8 }, (_, index) => `line ${String(index).padStart(2, "0")}`);
      await Promise.all(lines.map(append));
      expect((await textOf("a"))?.trimEnd().split("\n").toSorted()).toEqual(lines);
    });

    it("lists by prefix in ascending order, with sizes", async () => {
      for (const key of ["b/2", "b/10", "a", "b.txt", "b/1", "c", "b/sub/x"])
        await store.put(key, bytes(key));
      const all = await store.list("b/");
      expect(all.map(({ key }) => key)).toEqual(["b/1", "b/10", "b/2", "b/sub/x"]);
      expect(all.map(({ size }) => size)).toEqual([3, 4, 3, 7]);
      expect((await store.list("b/1")).map(({ key }) => key)).toEqual(["b/1", "b/10"]);
      expect((await store.list("")).map(({ key }) => key)).toEqual([
        "a",
        "b.txt",
        "b/1",
        "b/10",
        "b/2",
        "b/sub/x",
        "c",
      ]);
      expect(await store.list("nothing/")).toEqual([]);
    });

    it("lists page by page", async () => {
      for (const key of ["p/1", "p/2", "p/3", "p/4"]) await store.put(key, bytes(key));
      const keys = async (startAfter: string): Promise<string[]> =>
        (await store.list("p/", { startAfter, limit: 2 })).map(({ key }) => key);
      expect(await keys("")).toEqual(["p/1", "p/2"]);
      expect(await keys("p/2")).toEqual(["p/3", "p/4"]);
      expect(await keys("p/3")).toEqual(["p/4"]);
      expect(await keys("p/4")).toEqual([]);
      expect(await keys("p/2x")).toEqual(["p/3", "p/4"]);
    });

    it("lists what was written and deleted since the previous page", async () => {
      const keys = async (startAfter: string): Promise<string[]> =>
        (await store.list("p/", { startAfter, limit: 2 })).map(({ key }) => key);
      for (const key of ["p/1", "p/2", "p/4", "p/5", "p/6"]) await store.put(key, bytes(key));
      expect(await keys("")).toEqual(["p/1", "p/2"]);
      await store.put("p/3", bytes("3"), { condition: { ifNoneMatch: "*" } });
      expect(await keys("p/2")).toEqual(["p/3", "p/4"]);
      await store.delete("p/5");
      await store.put("q/1", bytes("1"));
      expect(await keys("p/4")).toEqual(["p/6"]);
    });

    it("deletes objects, and ignores missing ones", async () => {
      await store.put("a/b", bytes("1"));
      await store.delete("a/b");
      await store.delete("a/b");
      await store.delete("never/there");
      expect(await store.get("a/b")).toBeUndefined();
      expect(await store.list("a/")).toEqual([]);
    });

    /** The calls that are not refused for their key. */
    async function taken(calls: Record<string, Promise<unknown>>): Promise<string[]> {
      const outcomes = Object.entries(calls).map(async ([what, call]) => {
        const error = await call.catch((reason: unknown) => reason);
        return error instanceof InvalidKeyError ? [] : [what];
      });
      return (await Promise.all(outcomes)).flat();
    }

    it("refuses invalid keys in every method", async () => {
      for (const key of ODD_KEYS) {
        const name = JSON.stringify(key);
        const calls = {
          [`put ${name}`]: store.put(key, bytes("1")),
          [`get ${name}`]: store.get(key),
          [`head ${name}`]: store.head(key),
          [`delete ${name}`]: store.delete(key),
        };
        expect(await taken(calls)).toEqual([]);
      }
    });

    it("refuses to list below an invalid prefix", async () => {
      for (const prefix of ["../", "/", "a/../", ".tmp/", "A"])
        expect(await taken({ [`list ${prefix}`]: store.list(prefix) })).toEqual([]);
    });
  });
}
