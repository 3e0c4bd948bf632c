import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstSnowflakeAt } from "../../src/domain/snowflake.ts";
import { diskStore } from "../../src/store/disk.ts";
import { forgetting, type Forgetting } from "../../src/store/forgetting.ts";
import { LABELS, labelFile, type LabelFile } from "../../src/store/label-file.ts";
import { labelTally } from "../../src/store/label-tally.ts";
import type { ObjectStore } from "../../src/store/object-store.ts";
import { PART_SIZE } from "../../src/store/part-sequence.ts";
import { uploadFile } from "../../src/store/upload-file.ts";
import { memoryLog } from "../logged.ts";
import { faultyStore } from "./faulty-store.ts";
import { idsIn, newId, partsOf } from "./rows.ts";

const [ANN, BOB] = ["a1".repeat(32), "b2".repeat(32)];
const IMAGE = `${"5".repeat(64)}.webp`;
const { log } = memoryLog();
const options = { log, now: Date.now, random: Math.random };

let folder: string;
let store: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-forget-"));
  store = await diskStore(folder);
});

afterEach(() => rm(folder, { recursive: true }));

const labelsOn = (on: ObjectStore): LabelFile => labelFile(on, options);
const forgettingOn = (on: ObjectStore): Forgetting => forgetting(on, options);

/** Answers of these people in turn, written together. @returns the ids by person */
async function answers(count: number, people: readonly string[], on = store): Promise<Map<string, string[]>> {
  const labels = labelsOn(on);
  const rows = Array.from({ length: count }, (_, index) => {
    const labeler = people[index % people.length] ?? "";
    return { id: newId(), image: IMAGE, label: 1, labeler, round: "1" } as const;
  });
  await Promise.all(rows.map((row) => labels.append(row)));
  const byPerson = Map.groupBy(rows, ({ labeler }) => labeler);
  return new Map([...byPerson].map(([person, own]) => [person, own.map(({ id }) => id)]));
}

async function uploads(count: number, uploader: string, on = store): Promise<void> {
  const file = uploadFile(on, options);
  for (let position = 1; position <= count; position += 1)
    await file.append({ jobId: newId(), position, image: IMAGE, uploader, name: "a.png" });
}

/** Several parts, in which both people have rows. */
async function manyParts(on = store): Promise<Map<string, string[]>> {
  const made = new Map<string, string[]>();
  for (let lot = 0; lot < 3; lot += 1) {
    for (const [person, ids] of await answers(1_500, [ANN, BOB, BOB], on))
      made.set(person, [...(made.get(person) ?? []), ...ids]);
  }
  expect((await on.list("labels/")).length).toBe(3);
  return made;
}

const sorted = (ids: readonly string[] = []): string[] => ids.toSorted();

async function textOf(prefix: string, on = store): Promise<string> {
  const keys = (await on.list(prefix)).map(({ key }) => key);
  const bodies = await Promise.all(keys.map(async (key) => (await on.get(key))?.body.toString() ?? ""));
  return bodies.join("");
}

describe("forgetting a person", () => {
  it("removes their rows of all parts and tables, says how many, and leaves the others as they were", async () => {
    const made = await manyParts();
    await uploads(3, ANN);
    await uploads(2, BOB);
    const others = (await textOf("")).split("\r\n").filter((line) => line.includes(BOB));
    expect(await forgettingOn(store).forget(ANN, newId())).toEqual({
      labels: made.get(ANN)?.length,
      uploads: 3,
    });
    expect(sorted(await idsIn(store, "labels/"))).toEqual(sorted(made.get(BOB)));
    expect(await textOf("")).not.toContain(ANN);
    expect((await textOf("")).split("\r\n").filter((line) => line.includes(BOB))).toEqual(others);
    expect((await partsOf(store, "labels/")).every(({ header }) => header[0] === "id")).toBe(true);
  });

  it("leaves parts alone that have no row of theirs", async () => {
    await answers(20, [BOB]);
    await uploads(2, BOB);
    const before = await textOf("");
    const put: string[] = [];
    const watched: ObjectStore = {
      ...store,
      put: (key, ...rest) => {
        put.push(key);
        return store.put(key, ...rest);
      },
    };
    expect(await forgettingOn(watched).forget(ANN, newId())).toEqual({ labels: 0, uploads: 0 });
    expect(put.every((key) => key.startsWith("forgotten/"))).toBe(true);
    expect((await textOf("labels/")) + (await textOf("uploads/"))).toBe(before.replaceAll(/^\{.*\}$/gm, ""));
  });

  it("keeps what they do afterwards", async () => {
    await answers(5, [ANN]);
    const forgotten = newId();
    await forgettingOn(store).forget(ANN, forgotten);
    const later = await answers(3, [ANN]);
    expect(await forgettingOn(store).forget(ANN, forgotten)).toEqual({ labels: 5, uploads: 0 });
    expect(await idsIn(store, "labels/")).toEqual(later.get(ANN));
    const [id = ""] = later.get(ANN) ?? [];
    expect(await forgettingOn(store).overtakes(ANN, { id: id, table: LABELS, written: true })).toBe(false);
  });

  it("can be asked for again, and counts what came since", async () => {
    await answers(5, [ANN]);
    await forgettingOn(store).forget(ANN, newId());
    expect(await forgettingOn(store).forget(ANN, newId())).toEqual({ labels: 0, uploads: 0 });
    await answers(2, [ANN]);
    expect(await forgettingOn(store).forget(ANN, newId())).toEqual({ labels: 2, uploads: 0 });
  });

  it("goes no further than the greatest of what was asked for, in whichever order it comes", async () => {
    await answers(4, [ANN]);
    const [first, second] = [newId(), newId()];
    const [later = ""] = (await answers(1, [ANN])).get(ANN) ?? [];
    expect((await forgettingOn(store).forget(ANN, second)).labels).toBe(4);
    expect((await forgettingOn(store).forget(ANN, first)).labels).toBe(0);
    expect(await idsIn(store, "labels/")).toEqual([later]);
    expect(await forgettingOn(store).overtakes(ANN, { id: second, table: LABELS, written: true })).toBe(true);
  });

  it("tells when it was last asked for", async () => {
    const people = forgettingOn(store);
    expect(await people.asked(ANN)).toBeUndefined();
    const time = Date.UTC(2026, 0, 1);
    await people.forget(ANN, firstSnowflakeAt(time));
    expect(await people.asked(ANN)).toBe(time);
  });

  it("closes the last part, so that what was meant for it begins the next", async () => {
    await answers(4, [ANN, BOB]);
    const before = await textOf("labels/");
    await forgettingOn(store).forget(ANN, newId());
    await answers(2, [BOB]);
    const keys = (await store.list("labels/")).map(({ key }) => key);
    expect(keys).toEqual(["labels/00000.csv", "labels/00001.csv"]);
    // A write that was meant for the part before never finds the same bytes again.
    await answers(1, [ANN]);
    await forgettingOn(store).forget(ANN, newId());
    expect(before.startsWith((await store.get(keys[0] ?? ""))?.body.toString() ?? "")).toBe(false);
  });

  it("does not let a full part that has become small be appended to", async () => {
    const writer = labelsOn(store);
    const row = { image: IMAGE, label: 0, labeler: ANN, round: "1" } as const;
    await Promise.all(Array.from({ length: 1_500 }, () => writer.append({ ...row, id: newId() })));
    expect((await store.head("labels/00000.csv"))?.size).toBeGreaterThan(PART_SIZE);
    await forgettingOn(store).forget(ANN, newId());
    const closed = (await store.get("labels/00000.csv"))?.body;
    expect(closed?.length).toBeLessThan(100);
    await answers(1, [BOB]);
    // It knows the part as full and has not looked since.
    await writer.append({ ...row, id: newId(), labeler: BOB });
    expect((await store.get("labels/00000.csv"))?.body).toEqual(closed);
    expect(await idsIn(store, "labels/")).toHaveLength(2);
  });

  it("is seen by the tally of the labels", async () => {
    await answers(6, [ANN, BOB]);
    const tally = labelTally(store, log);
    expect((await tally.read()).answers).toBe(6);
    await forgettingOn(store).forget(ANN, newId());
    expect((await tally.read()).answers).toBe(3);
    await answers(1, [BOB]);
    expect((await tally.read()).answers).toBe(4);
  });
});

describe("a row that is still on its way when its person is forgotten", () => {
  it("is removed by whoever writes it", async () => {
    const id = newId();
    await forgettingOn(store).forget(ANN, newId());
    await answers(3, [BOB]);
    await labelsOn(store).append({ id, image: IMAGE, label: 1, labeler: ANN, round: "1" });
    expect(await forgettingOn(store).overtakes(ANN, { id: id, table: LABELS, written: true })).toBe(true);
    expect(await idsIn(store, "labels/")).toHaveLength(3);
    expect(await textOf("labels/")).not.toContain(ANN);
  });

  it("does not come back when a writer remembers it in a part that is closed", async () => {
    const writer = labelsOn(store);
    const first = newId();
    const row = { id: first, image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    await writer.append(row);
    const others = Array.from({ length: 1_500 }, () => ({ ...row, id: newId(), labeler: BOB }));
    await Promise.all(others.map((other) => writer.append(other)));
    await writer.append({ ...row, id: newId(), labeler: BOB });
    await forgettingOn(store).forget(ANN, newId());
    // Delivered again: the writer takes it for written.
    await writer.append(row);
    expect(await forgettingOn(store).overtakes(ANN, { id: first, table: LABELS, written: true })).toBe(true);
    expect(await textOf("labels/")).not.toContain(ANN);
    expect(await idsIn(store, "labels/")).toHaveLength(1_501);
  });

  it("does not come back by a write that a killed worker has left under way", async () => {
    const row = { id: newId(), image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    const writer = labelsOn(store);
    await writer.append(row);
    await answers(1, [BOB]);
    await forgettingOn(store).forget(ANN, newId());
    // Delivered again, to a worker that is killed while it writes.
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const { promise: landed, resolve: land } = Promise.withResolvers<() => Promise<unknown>>();
    const dying: ObjectStore = {
      ...store,
      put: (...write) => {
        land(() => store.put(...write));
        reach();
        return new Promise(() => {});
      },
    };
    void labelsOn(dying).append(row);
    await reached;
    // Delivered once more, to a worker that remembers it as written.
    const written = await writer.append(row);
    expect(written).toBe(false);
    expect(await forgettingOn(store).overtakes(ANN, { id: row.id, table: LABELS, written })).toBe(true);
    await expect((await landed)()).rejects.toThrow("not as the condition of this write wants it");
    expect(await textOf("labels/")).not.toContain(ANN);
  });

  it("costs one look at the store for all rows of a commit, and no other when they are newer than all forgettings", async () => {
    await forgettingOn(store).forget(BOB, newId());
    const gets: string[] = [];
    const people = forgettingOn({
      ...store,
      get: (key) => {
        gets.push(key);
        return store.get(key);
      },
    });
    const rows = Array.from({ length: 20 }, () => ({ id: newId(), table: LABELS, written: true }));
    expect(await Promise.all(rows.map((row) => people.overtakes(ANN, row)))).not.toContain(true);
    expect(gets).toEqual(["forgotten/newest.txt"]);
    await people.overtakes(ANN, { id: newId(), table: LABELS, written: true });
    expect(gets).toHaveLength(2);
  });

  it("is looked for only in parts that were modified since it came to be", async () => {
    await manyParts();
    const hour = 60 * 60 * 1_000;
    const id = newId(Date.now() + hour);
    await forgettingOn(store).forget(ANN, newId(Date.now() + 2 * hour));
    let gets = 0;
    const counting = faultyStore(store, ({ method, when }) => {
      if (method === "get" && when === "before") gets += 1;
    });
    expect(await forgettingOn(counting).overtakes(ANN, { id: id, table: LABELS, written: true })).toBe(true);
    // Which forgetting was the newest, and the mark.
    expect(gets).toBe(2);
  });
});

describe("a forgetting that breaks off between any two steps", () => {
  type Break = (on: ObjectStore, step: number) => { store: ObjectStore; broken: Promise<unknown> };

  /** The process is killed at its n-th step: that step and all after it never come back. */
  const killed: Break = (on, step) => {
    const { promise: broken, resolve } = Promise.withResolvers<void>();
    let steps = 0;
    const dead = faultyStore(on, async () => {
      steps += 1;
      if (steps < step) return;
      resolve();
      await new Promise(() => {});
    });
    return { store: dead, broken };
  };

  /** The store fails at the n-th step and the next ten: the work is given up. */
  const failed: Break = (on, step) => {
    let steps = 0;
    const failing = faultyStore(on, () => {
      steps += 1;
      if (steps >= step && steps < step + 10) throw new Error("503 SlowDown");
    });
    return { store: failing, broken: new Promise(() => {}) };
  };

  async function breakAndGoOn(step: number, breakOff: Break): Promise<{ finished: boolean }> {
    const on = await diskStore(join(folder, `${breakOff === killed}-${step}`));
    const made = await manyPartsOnce(on);
    const id = newId();
    const victim = breakOff(on, step);
    const work = forgetting(victim.store, { ...options, patience: 0 }).forget(ANN, id);
    const finished = await Promise.race([
      victim.broken.then(() => false),
      work.then(
        () => true,
        () => false,
      ),
    ]);
    // What others do meanwhile, and they are not told of it.
    const between = await answers(2, [BOB], on);
    const told = await forgettingOn(on).forget(ANN, id);
    expect(told).toEqual({ labels: made.get(ANN)?.length, uploads: 2 });
    expect(sorted(await idsIn(on, "labels/"))).toEqual(
      sorted([...(made.get(BOB) ?? []), ...(between.get(BOB) ?? [])]),
    );
    expect(await idsIn(on, "uploads/")).toHaveLength(1);
    return { finished };
  }

  /** Two small parts and one of uploads; written once, then copied. */
  async function manyPartsOnce(on: ObjectStore): Promise<Map<string, string[]>> {
    const made = await answers(6, [ANN, BOB, BOB], on);
    const first = (await on.get("labels/00000.csv"))?.body ?? Buffer.alloc(0);
    const header = first.subarray(0, first.indexOf("\n") + 1).toString();
    const more = [newId(), newId()];
    const rows = more.map((id, index) => `${id},time,${IMAGE},1,${[ANN, BOB][index]},1\r\n`);
    await on.put("labels/00001.csv", Buffer.from(header + rows.join("")));
    for (const [index, person] of [ANN, BOB].entries()) made.get(person)?.push(more[index] ?? "");
    await uploads(2, ANN, on);
    await uploads(1, BOB, on);
    return made;
  }

  it.each([
    ["killed", killed],
    ["given up", failed],
  ])("(%s) is finished by the next delivery, which says what was removed in all", async (_, breakOff) => {
    let step = 1;
    while (!(await breakAndGoOn(step, breakOff)).finished) step += 1;
    // The mark, two lists and three parts, the count, the three parts anew: each with a moment before and after it.
    expect(step).toBeGreaterThan(25);
  });
});
