import { beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { pendingImages, pendingPath, type PendingImages } from "../../src/project/pending-images.ts";
import { storedImages } from "../../src/project/stored-image.ts";
import { memoryLog } from "../memory-log.ts";
import { quickStore } from "../object-store/memory-store.ts";

const [IMAGE, OTHER] = ["1", "2"].map((digit) => `${digit.repeat(64)}.png`) as [string, string];
const ID = { jobId: "1000000000000000007", position: 2 };
const EARLIER = { jobId: "999999999999999999", position: 1 };
const BYTES = Buffer.from("picture");
const ANSWER = { guild: "5", channel: "6", message: "8" };

const options = { log: memoryLog().log, now: Date.now, random: Math.random };

let objects: Map<string, StoredObject>;
let store: ObjectStore;
let pending: PendingImages;

beforeEach(() => {
  objects = new Map();
  store = quickStore(objects);
  pending = pendingImages(store, options);
});

describe("an image that waits", () => {
  it("is kept beside a record that names the answer, and nobody", async () => {
    expect(await pending.keep(ID, BYTES, { image: IMAGE, answer: ANSWER })).toEqual({
      image: IMAGE,
      answer: ANSWER,
    });
    expect([...objects.keys()]).toEqual([
      `pending/1000000000000000007-2/${IMAGE}`,
      "pending/1000000000000000007-2/upload.json",
    ]);
    const record = objects.get("pending/1000000000000000007-2/upload.json")?.body.toString() ?? "";
    expect(JSON.parse(record)).toEqual({ version: 1, image: IMAGE, answer: ANSWER });
    expect(await pending.images.read(pendingPath({ ...ID, image: IMAGE }))).toEqual(BYTES);
  });

  it("is listed after earlier ones, and only with its record", async () => {
    await pending.keep(ID, BYTES, { image: IMAGE });
    await pending.keep(EARLIER, BYTES, { image: OTHER });
    await store.put(`pending/5-1/${IMAGE}`, BYTES);
    await store.put("pending/6-1/upload.json", Buffer.from("{}"));
    await store.put("pending/somebody's/notes.txt", BYTES);
    expect(await pending.waiting()).toEqual([
      { ...EARLIER, image: OTHER },
      { ...ID, image: IMAGE },
    ]);
    expect(await pending.withoutImage()).toMatchObject([{ jobId: "6", position: 1 }]);
    expect((await pending.all()).map(({ jobId }) => jobId)).toEqual(["5", "6", EARLIER.jobId, ID.jobId]);
  });

  it("is decided about once, and keeps the decision when it is kept again", async () => {
    await pending.keep(ID, BYTES, { image: IMAGE });
    const decided = await Promise.all([
      pending.decide(ID, "rejected"),
      pendingImages(store, options).decide(ID, "approved"),
    ]);
    const [first, second] = decided.map((record) => record?.decision);
    expect(first).toBeDefined();
    expect(second).toBe(first);
    expect(await pending.keep(ID, BYTES, { image: IMAGE })).toEqual({ image: IMAGE, decision: first });
    expect(await pending.find(ID)).toEqual({ image: IMAGE, decision: first });
    expect(await pending.decide(EARLIER, "approved")).toBeUndefined();
  });

  it("is found by any of its names until something is decided about all of its uploads", async () => {
    expect(await pending.hasUndecided([IMAGE])).toBe(false);
    await pending.keep(ID, BYTES, { image: IMAGE });
    await pending.keep(EARLIER, BYTES, { image: IMAGE });
    expect(await pending.hasUndecided([OTHER, IMAGE])).toBe(true);
    expect(await pending.hasUndecided([OTHER])).toBe(false);
    await pending.decide(EARLIER, "approved");
    expect(await pending.hasUndecided([IMAGE])).toBe(true);
    await pending.decide(ID, "rejected");
    expect(await pending.hasUndecided([IMAGE])).toBe(false);
  });

  it("is removed with its record last", async () => {
    const deleted: string[] = [];
    await pending.keep(ID, BYTES, { image: IMAGE });
    await pending.keep(EARLIER, BYTES, { image: IMAGE });
    const watched = { ...store, delete: async (key: string) => void deleted.push(key) };
    await pendingImages(watched, options).remove(ID);
    expect(deleted).toEqual([
      `pending/1000000000000000007-2/${IMAGE}`,
      "pending/1000000000000000007-2/upload.json",
    ]);
  });

  it("has a record that this version can read, or an error says which one", async () => {
    const key = "pending/1000000000000000007-2/upload.json";
    await store.put(key, Buffer.from(JSON.stringify({ version: 2, image: IMAGE })));
    await expect(pending.find(ID)).rejects.toThrow(/upload\.json.*newer version/s);
    await expect(pending.decide(ID, "approved")).rejects.toThrow(/newer version/);
    expect(objects.get(key)?.body.toString()).toContain('"version":2');
  });
});

describe("the images that people have added", () => {
  it("are in the set or wait, and those that wait are listed once", async () => {
    let lists = 0;
    await pending.keep(ID, BYTES, { image: IMAGE });
    await store.put(`images/${OTHER}`, Buffer.from("in the set"));
    const images = storedImages({
      ...store,
      list: (...args) => {
        lists += 1;
        return store.list(...args);
      },
    });
    expect(
      await Promise.all([IMAGE, OTHER, `${"3".repeat(64)}.png`].map((name) => images.has(name))),
    ).toEqual([true, true, false]);
    expect(await images.read(IMAGE)).toEqual(BYTES);
    expect((await images.read(OTHER))?.toString()).toBe("in the set");
    expect(lists).toBe(1);
  });
});
