import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { firstSnowflakeAt } from "../../src/platform/snowflake.ts";
import { projectFiles } from "../../src/project/project.ts";
import { hotdogKeys, tombstoneOf, type Pseudonyms } from "../../src/project/pseudonyms.ts";
import { erasure, type Erasure } from "../../src/project/erasure.ts";
import type { AppendOutcome } from "../../src/append-log/append-log.ts";
import { exclusionFile } from "../../src/project/exclusion-file.ts";
import { labelFile, type LabelFile, type LabelRow } from "../../src/project/label-file.ts";
import { labelTally } from "../../src/project/label-tally.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { PART_SIZE } from "../../src/append-log/part-sequence.ts";
import { uploadFile } from "../../src/project/upload-file.ts";
import { memoryLog } from "../memory-log.ts";
import { faultyStore } from "../object-store/faulty-store.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { idsIn, newId, partsOf } from "../append-log/rows.ts";

const [ANN, BOB] = ["a1".repeat(32), "b2".repeat(32)];

/** All pseudonyms of the person with this labeler pseudonym. */
function namesOf(labeler: string): Pseudonyms {
  const uploader = labeler.replaceAll(/\d/g, "f");
  return { labeler, uploader, uploaders: [uploader, labeler], tombstone: tombstoneOf(labeler) };
}

/** An erasure that names a person by the labeler pseudonym alone, which is shorter to read. */
interface NamedErasure {
  erase(labeler: string, id: string): ReturnType<Erasure["erase"]>;
  isErased(labeler: string, id: string): Promise<boolean>;
  lastAsked(labeler: string): Promise<number | undefined>;
}
const IMAGE = `${"5".repeat(64)}.webp`;
const { log } = memoryLog();
const options = { log, now: Date.now, random: Math.random };

let store: ObjectStore;

beforeEach(() => {
  store = quickStore();
});

interface NamedLabels {
  append(row: LabelRow): ReturnType<LabelFile["append"]>;
}

function labelsOn(on: ObjectStore): NamedLabels {
  const labels = labelFile(on, options);
  return { append: (row) => labels.append(row, namesOf(row.labeler)) };
}

function erasureOn(on: ObjectStore, deadline?: number): NamedErasure {
  const people = erasure(on, { ...options, ...(deadline === undefined ? {} : { deadline }) });
  return {
    erase: (labeler, id) => people.erase(namesOf(labeler), id),
    isErased: (labeler, id) => people.isErased(namesOf(labeler).tombstone, id),
    lastAsked: (labeler) => people.lastAsked(namesOf(labeler).tombstone),
  };
}

/** Adds answers of these people in turn, in one commit. @returns the ids by person */
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

async function uploads(
  count: number,
  labeler: string,
  { on = store, as = namesOf(labeler).uploader } = {},
): Promise<void> {
  const file = uploadFile(on, options);
  for (let position = 1; position <= count; position += 1) {
    const upload = { jobId: newId(), position, image: IMAGE, uploader: as, name: "a.png" };
    await file.append(upload, namesOf(labeler));
  }
}

/** Excludes somebody. @param lastAnswer id of their newest answer, by default a new one */
function exclude(
  labeler: string,
  { id = newId(), lastAnswer, on = store }: { id?: string; lastAnswer?: string; on?: ObjectStore } = {},
): Promise<AppendOutcome> {
  return exclusionFile(on, options).set({ id, labeler, excluded: true, reason: "random" }, lastAnswer ?? id);
}

/** Fills several parts with rows of both people. */
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

/** Appends a label whose writer stops during its PUT, and returns a function that lets the PUT reach the store. */
async function putInFlight(labeler: string): Promise<() => Promise<unknown>> {
  const { promise: landed, resolve: land } = Promise.withResolvers<() => Promise<unknown>>();
  const dying: ObjectStore = {
    ...store,
    put: (...write) => {
      land(() => store.put(...write));
      return new Promise(() => {});
    },
  };
  void labelsOn(dying)
    .append({ id: newId(), image: IMAGE, label: 1, labeler, round: "1" })
    .catch(() => {});
  return landed;
}

async function textOf(prefix: string, on = store): Promise<string> {
  const keys = (await on.list(prefix)).map(({ key }) => key);
  const bodies = await Promise.all(keys.map(async (key) => (await on.get(key))?.body.toString() ?? ""));
  return bodies.join("");
}

describe("the erasure of a person", () => {
  it("removes their rows from all parts and tables, counts them, and leaves all others as they were", async () => {
    const made = await manyParts();
    await uploads(3, ANN);
    await uploads(2, BOB);
    const othersIn = (text: string): string[] =>
      text.split("\r\n").filter((line) => /(b2|bf){32}/.test(line));
    const others = othersIn(await textOf(""));
    expect(others).toHaveLength(3_000 + 2);
    expect(await erasureOn(store).erase(ANN, newId())).toEqual({
      labels: made.get(ANN)?.length,
      uploads: 3,
      exclusions: 0,
    });
    expect(sorted(await idsIn(store, "labels/"))).toEqual(sorted(made.get(BOB)));
    const left = await textOf("");
    for (const name of [ANN, ...namesOf(ANN).uploaders]) expect(left).not.toContain(name);
    expect(othersIn(left)).toEqual(others);
    expect((await partsOf(store, "labels/")).every(({ header }) => header[0] === "id")).toBe(true);
  });

  it("removes uploads that an earlier version wrote under the pseudonym of the labels", async () => {
    await uploads(2, ANN, { as: ANN });
    await uploads(1, ANN);
    await uploads(1, BOB, { as: BOB });
    expect(await erasureOn(store).erase(ANN, newId())).toEqual({ labels: 0, uploads: 3, exclusions: 0 });
    expect(await idsIn(store, "uploads/")).toHaveLength(1);
    expect(await textOf("uploads/")).toContain(BOB);
  });

  it("does not write to closed parts without a row of theirs", async () => {
    await answers(20, [BOB]);
    await uploads(2, BOB);
    const before = await textOf("");
    expect(await erasureOn(store).erase(ANN, newId())).toEqual({ labels: 0, uploads: 0, exclusions: 0 });
    expect(await textOf("uploads/")).toMatch(/^"id",/);
    const rowsIn = (text: string): string[] => text.split("\r\n").filter((line) => /^\d/.test(line));
    expect(rowsIn((await textOf("labels/")) + (await textOf("uploads/")))).toEqual(rowsIn(before));
    // Except the last one, which is sealed, and the next, which is created sealed.
    await answers(1_500, [BOB]);
    await answers(1, [BOB]);
    const keys = (await store.list("labels/")).map(({ key }) => key);
    expect(keys).toHaveLength(4);
    const full = await store.get(keys[2] ?? "");
    await erasureOn(store).erase(ANN, newId());
    expect((await store.get(keys[2] ?? ""))?.etag).toBe(full?.etag);
  });

  it("writes tombstone, watermark, fence and count before it rewrites a part", async () => {
    await answers(4, [ANN, BOB]);
    await uploads(1, ANN);
    await exclude(ANN);
    const puts: string[] = [];
    const recording: ObjectStore = {
      ...store,
      put: (key, ...write) => {
        puts.push(key);
        return store.put(key, ...write);
      },
    };
    await erasureOn(recording).erase(ANN, newId());
    const tombstone = `forgotten/${namesOf(ANN).tombstone}.json`;
    expect(puts.splice(0, 2).toSorted()).toEqual([tombstone, "forgotten/newest.txt"].toSorted());
    const ends = ["exclusions/", "labels/", "uploads/"].flatMap((table) => [
      `${table}00000.csv`,
      `${table}00001.csv`,
    ]);
    expect(puts.splice(0, 6)).toEqual(ends);
    expect(puts).toEqual([tombstone, "labels/00000.csv", "uploads/00000.csv", "exclusions/00000.csv"]);
  });

  it("keeps rows they add afterwards", async () => {
    await answers(5, [ANN]);
    const request = newId();
    await erasureOn(store).erase(ANN, request);
    const later = await answers(3, [ANN]);
    expect(await erasureOn(store).erase(ANN, request)).toEqual({ labels: 5, uploads: 0, exclusions: 0 });
    expect(await idsIn(store, "labels/")).toEqual(later.get(ANN));
    const [id = ""] = later.get(ANN) ?? [];
    expect(await erasureOn(store).isErased(ANN, id)).toBe(false);
  });

  it("can be repeated, and counts the rows added since", async () => {
    await answers(5, [ANN]);
    await erasureOn(store).erase(ANN, newId());
    expect(await erasureOn(store).erase(ANN, newId())).toEqual({ labels: 0, uploads: 0, exclusions: 0 });
    await answers(2, [ANN]);
    expect(await erasureOn(store).erase(ANN, newId())).toEqual({ labels: 2, uploads: 0, exclusions: 0 });
  });

  it("covers the greatest id that was asked for, in whatever order requests arrive", async () => {
    await answers(4, [ANN]);
    const [first, second] = [newId(), newId()];
    const [later = ""] = (await answers(1, [ANN])).get(ANN) ?? [];
    expect((await erasureOn(store).erase(ANN, second)).labels).toBe(4);
    expect((await erasureOn(store).erase(ANN, first)).labels).toBe(0);
    expect(await idsIn(store, "labels/")).toEqual([later]);
    expect(await erasureOn(store).isErased(ANN, second)).toBe(true);
  });

  it("knows when it was last asked for", async () => {
    const people = erasureOn(store);
    expect(await people.lastAsked(ANN)).toBeUndefined();
    const time = Date.UTC(2026, 0, 1);
    await people.erase(ANN, firstSnowflakeAt(time));
    expect(await people.lastAsked(ANN)).toBe(time);
  });

  it("seals the last part and the next, so that later rows start another", async () => {
    await answers(4, [ANN, BOB]);
    const before = await textOf("labels/");
    await erasureOn(store).erase(ANN, newId());
    await answers(2, [BOB]);
    const keys = (await store.list("labels/")).map(({ key }) => key);
    // The one that was created with it is sealed too.
    expect(keys).toEqual(["labels/00000.csv", "labels/00001.csv", "labels/00002.csv"]);
    // A late write never finds the bytes again that it was meant for.
    await answers(1, [ANN]);
    await erasureOn(store).erase(ANN, newId());
    expect(before.startsWith((await store.get(keys[0] ?? ""))?.body.toString() ?? "")).toBe(false);
  });

  it("keeps a full part closed although it has become small", async () => {
    const writer = labelsOn(store);
    const row = { image: IMAGE, label: 0, labeler: ANN, round: "1" } as const;
    await Promise.all(Array.from({ length: 1_500 }, () => writer.append({ ...row, id: newId() })));
    expect((await store.head("labels/00000.csv"))?.size).toBeGreaterThan(PART_SIZE);
    await erasureOn(store).erase(ANN, newId());
    const closed = (await store.get("labels/00000.csv"))?.body;
    expect(closed?.length).toBeLessThan(100);
    await answers(1, [BOB]);
    // This writer knows the part as full and has not read it since.
    await writer.append({ ...row, id: newId(), labeler: BOB });
    expect((await store.get("labels/00000.csv"))?.body).toEqual(closed);
    expect(await idsIn(store, "labels/")).toHaveLength(2);
  });

  it("shows in the label tally", async () => {
    await answers(6, [ANN, BOB]);
    const tally = labelTally(store, HOTDOG_QUESTION, { log, now: Date.now });
    expect((await tally.read()).answers).toBe(6);
    await erasureOn(store).erase(ANN, newId());
    expect((await tally.read()).answers).toBe(3);
    await answers(1, [BOB]);
    expect((await tally.read()).answers).toBe(4);
  });
});

describe("a row that is being written when its person is erased", () => {
  it("is not written", async () => {
    const id = newId();
    await erasureOn(store).erase(ANN, newId());
    await answers(3, [BOB]);
    const row = { image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    const [late, later] = await Promise.all(
      [id, newId()].map((own) => labelsOn(store).append({ ...row, id: own })),
    );
    expect([late, later]).toEqual(["erased", "written"]);
    expect(await idsIn(store, "labels/")).not.toContain(id);
    expect(await idsIn(store, "labels/")).toHaveLength(4);
  });

  it("is refused although an older erasure of another person came later", async () => {
    const [older, id, newer] = [newId(), newId(), newId()];
    await erasureOn(store).erase(ANN, newer);
    await erasureOn(store).erase(BOB, older);
    const row = { id, image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    expect(await labelsOn(store).append(row)).toBe("erased");
  });

  it("is not written again", async () => {
    const row = { id: newId(), image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    const writer = labelsOn(store);
    await writer.append(row);
    await erasureOn(store).erase(ANN, newId());
    // Redelivered to a worker that remembers the row, and to one that does not.
    expect(await writer.append(row)).toBe("present");
    expect(await erasureOn(store).isErased(ANN, row.id)).toBe(true);
    expect(await labelsOn(store).append(row)).toBe("erased");
    expect(await textOf("labels/")).not.toContain(ANN);
  });

  it.each([
    ["the first of all", 0],
    ["one in a part with others", 5],
    ["the first of its part", 1_500],
  ])(
    "does not land although its PUT was in flight and its writer never looks again (%s)",
    async (_, before) => {
      if (before > 0) await answers(before, [BOB]);
      const finish = await putInFlight(ANN);
      expect(await erasureOn(store).erase(ANN, newId())).toEqual({ labels: 0, uploads: 0, exclusions: 0 });
      await expect(finish()).rejects.toThrow("does not meet the condition of this write");
      expect(await textOf("labels/")).not.toContain(ANN);
      expect(await idsIn(store, "labels/")).toHaveLength(before);
    },
  );

  it("is removed although it landed just before the fence", async () => {
    await answers(5, [BOB]);
    const checked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const slow = labelsOn({
      ...store,
      async put(...write) {
        checked.resolve();
        await held.promise;
        return store.put(...write);
      },
    });
    const row = { id: newId(), image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    const late = slow.append(row);
    await checked.promise;
    const eraser = erasureOn({
      ...store,
      async put(key, ...write) {
        if (key.startsWith("labels/")) {
          held.resolve();
          await late;
        }
        return store.put(key, ...write);
      },
    });
    expect(await eraser.erase(ANN, newId())).toEqual({ labels: 1, uploads: 0, exclusions: 0 });
    expect(await textOf("labels/")).not.toContain(ANN);
    expect(await idsIn(store, "labels/")).toHaveLength(5);
  });

  it("does not land in a closed part that holds the same rows again as when the PUT began", async () => {
    await answers(5, [BOB]);
    const finish = await putInFlight(BOB);
    // All later rows of the part belong to one person and go with them.
    await answers(1_500, [ANN]);
    await answers(1, [BOB]);
    await erasureOn(store).erase(ANN, newId());
    await expect(finish()).rejects.toThrow("does not meet the condition of this write");
    expect(await idsIn(store, "labels/")).toHaveLength(6);
  });

  it("does not land in a part that another writer starts during the fence", async () => {
    const row = { image: IMAGE, label: 1, round: "1" } as const;
    await answers(1_500, [BOB]);
    // A writer that has read the watermark and is about to start the next part.
    const held = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    let first = true;
    const slow = labelsOn({
      ...store,
      async put(...write) {
        if (first) {
          first = false;
          looked.resolve();
          await held.promise;
        }
        return store.put(...write);
      },
    });
    const late = slow.append({ ...row, id: newId(), labeler: ANN });
    await looked.promise;
    // After the fence has listed the parts, another writer starts the next one.
    let listed = false;
    const eraser = erasureOn({
      ...store,
      async list(prefix, page) {
        const found = await store.list(prefix, page);
        if (!listed && prefix === "labels/") {
          listed = true;
          await labelsOn(store).append({ ...row, id: newId(), labeler: BOB });
        }
        return found;
      },
    });
    await eraser.erase(ANN, newId());
    held.resolve();
    expect(await late).toBe("erased");
    expect(await textOf("labels/")).not.toContain(ANN);
    expect(await idsIn(store, "labels/")).toHaveLength(1_501);
  });

  it("does not return when a writer remembers it in a closed part", async () => {
    const writer = labelsOn(store);
    const first = newId();
    const row = { id: first, image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    await writer.append(row);
    const others = Array.from({ length: 1_500 }, () => ({ ...row, id: newId(), labeler: BOB }));
    await Promise.all(others.map((other) => writer.append(other)));
    await writer.append({ ...row, id: newId(), labeler: BOB });
    await erasureOn(store).erase(ANN, newId());
    // Redelivered: the writer remembers the row.
    await writer.append(row);
    expect(await erasureOn(store).isErased(ANN, first)).toBe(true);
    expect(await textOf("labels/")).not.toContain(ANN);
    expect(await idsIn(store, "labels/")).toHaveLength(1_501);
  });

  it("costs one GET per part, and no other for rows newer than all erasures", async () => {
    await erasureOn(store).erase(BOB, newId());
    const gets: string[] = [];
    const writer = labelsOn({
      ...store,
      get: (key) => {
        gets.push(key);
        return store.get(key);
      },
    });
    const row = { image: IMAGE, label: 1, labeler: ANN, round: "1" } as const;
    const press = (): Promise<unknown> => writer.append({ ...row, id: newId() });
    const looks = (): string[] => gets.filter((key) => key.startsWith("forgotten/"));
    for (let presses = 0; presses < 5; presses += 1) await press();
    expect(looks()).toEqual(["forgotten/newest.txt"]);
    await Promise.all(Array.from({ length: 1_500 }, press));
    await press();
    expect(looks()).toEqual(["forgotten/newest.txt", "forgotten/newest.txt"]);
  });

  it("does not block the rows of others when its person's tombstone is unreadable", async () => {
    const [ann, bob] = [newId(), newId()];
    await erasureOn(store).erase(ANN, newId());
    await store.put(`forgotten/${namesOf(ANN).tombstone}.json`, Buffer.from("{"));
    const writer = labelsOn(store);
    const row = { image: IMAGE, label: 1, round: "1" } as const;
    const [lost, kept] = await Promise.allSettled([
      writer.append({ ...row, id: ann, labeler: ANN }),
      writer.append({ ...row, id: bob, labeler: BOB }),
    ]);
    expect(lost).toMatchObject({
      reason: {
        message: `the tombstone forgotten/${namesOf(ANN).tombstone}.json cannot be read; restore or correct it`,
      },
    });
    expect(kept).toEqual({ status: "fulfilled", value: "written" });
  });

  it("is refused although the watermark is unreadable", async () => {
    const id = newId();
    await erasureOn(store).erase(ANN, newId());
    await store.put("forgotten/newest.txt", Buffer.from("4.2E+18"));
    const row = { image: IMAGE, label: 1, round: "1" } as const;
    expect(await labelsOn(store).append({ ...row, id, labeler: ANN })).toBe("erased");
    expect(await labelsOn(store).append({ ...row, id, labeler: BOB })).toBe("written");
  });
});

describe("the exclusion of a person who is erased", () => {
  const excludedIn = (): Promise<string[]> => idsIn(store, "exclusions/");

  it("goes with the answers that it is about, although it is newer than the request", async () => {
    const [answer = ""] = (await answers(2, [ANN, BOB])).get(ANN) ?? [];
    const request = newId();
    await exclude(ANN, { lastAnswer: answer });
    const other = newId();
    await exclude(BOB, { id: other });
    expect(await erasureOn(store).erase(ANN, request)).toEqual({ labels: 1, uploads: 0, exclusions: 1 });
    expect(await excludedIn()).toEqual([other]);
    expect(await exclude(ANN, { lastAnswer: answer })).toBe("erased");
    expect(await excludedIn()).toEqual([other]);
  });

  it("stays if it is about answers that they have given since", async () => {
    await answers(1, [ANN]);
    const request = newId();
    await erasureOn(store).erase(ANN, request);
    const [answer = ""] = (await answers(1, [ANN])).get(ANN) ?? [];
    const id = newId();
    expect(await exclude(ANN, { id, lastAnswer: answer })).toBe("written");
    expect(await erasureOn(store).erase(ANN, request)).toEqual({ labels: 1, uploads: 0, exclusions: 0 });
    expect(await excludedIn()).toEqual([id]);
  });

  it("stays if it and such an answer land just before the fence", async () => {
    await answers(1, [ANN]);
    const [request, id] = [newId(), newId()];
    let isFirst = true;
    const eraser = erasureOn({
      ...store,
      async list(prefix, page) {
        if (prefix === "exclusions/" && isFirst) {
          isFirst = false;
          const [answer = ""] = (await answers(1, [ANN])).get(ANN) ?? [];
          await exclude(ANN, { id: newId(), lastAnswer: answer });
        }
        return store.list(prefix, page);
      },
    });
    await exclude(ANN, { id });
    expect(await eraser.erase(ANN, request)).toEqual({ labels: 1, uploads: 0, exclusions: 1 });
    expect(await excludedIn()).toHaveLength(1);
    expect(await excludedIn()).not.toContain(id);
  });

  it("does not land although its PUT was in flight and its writer never looks again", async () => {
    const { promise: landed, resolve: land } = Promise.withResolvers<() => Promise<unknown>>();
    const dying: ObjectStore = {
      ...store,
      put: (...write) => {
        land(() => store.put(...write));
        return new Promise(() => {});
      },
    };
    void exclude(ANN, { on: dying }).catch(() => {});
    const finish = await landed;
    await erasureOn(store).erase(ANN, newId());
    await expect(finish()).rejects.toThrow("does not meet the condition of this write");
    expect(await excludedIn()).toEqual([]);
  });
});

describe("an erasure by an earlier version, which knows no exclusions", () => {
  /** Leaves a tombstone as the earlier version writes it. */
  async function formerErasure(counted: boolean): Promise<string> {
    const request = newId();
    const counts = counted ? [{ id: request, labels: 3, uploads: 1 }] : [];
    const tombstone = JSON.stringify({ upTo: request, counted: counts });
    await store.put(`forgotten/${ANN}.json`, Buffer.from(tombstone));
    await store.put("forgotten/newest.txt", Buffer.from(request));
    return request;
  }

  it("is completed when a worker reads the exclusions, and counts what both found", async () => {
    await exclude(ANN);
    await exclude(BOB);
    const request = await formerErasure(true);
    const { trust } = projectFiles(store, "", {
      ...options,
      question: HOTDOG_QUESTION,
      keys: hotdogKeys("secret"),
    });
    expect(await trust.read()).toEqual({ gold: new Map(), excluded: new Set([BOB]) });
    expect(await textOf("exclusions/")).not.toContain(ANN);
    expect(await erasureOn(store).erase(ANN, request)).toEqual({ labels: 3, uploads: 1, exclusions: 1 });
  });

  it("is left to its next delivery if it has not counted yet", async () => {
    await answers(2, [ANN]);
    await exclude(ANN);
    const request = await formerErasure(false);
    expect(await erasure(store, options).complete([ANN, BOB])).toBe(false);
    expect(await erasureOn(store).erase(ANN, request)).toEqual({ labels: 2, uploads: 0, exclusions: 1 });
  });

  it("leaves a tombstone that it can still read, whoever wrote it last", async () => {
    await exclude(ANN);
    const first = await formerErasure(true);
    await erasureOn(store).erase(ANN, newId());
    const text = (await store.get(`forgotten/${ANN}.json`))?.body.toString() ?? "";
    // The schema of the earlier version.
    const count = z.object({ id: z.string(), labels: z.int(), uploads: z.int() });
    const former = z.object({ upTo: z.string(), counted: z.array(count) });
    const rewritten = former.parse(JSON.parse(text));
    await store.put(`forgotten/${ANN}.json`, Buffer.from(JSON.stringify(rewritten)));
    expect(await erasureOn(store).erase(ANN, first)).toEqual({ labels: 3, uploads: 1, exclusions: 0 });
  });
});

describe("an erasure that is interrupted at any step", () => {
  type Interrupt = (on: ObjectStore, step: number) => { store: ObjectStore; broken: Promise<unknown> };

  /** Simulates a process that is killed at its n-th step: that step and all later ones never return. */
  const killed: Interrupt = (on, step) => {
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

  /** Makes the store fail at the n-th step and the ten after it, so that the erasure is given up. */
  const failed: Interrupt = (on, step) => {
    let steps = 0;
    const failing = faultyStore(on, () => {
      steps += 1;
      if (steps >= step && steps < step + 10) throw new Error("503 SlowDown");
    });
    return { store: failing, broken: new Promise(() => {}) };
  };

  async function interruptAndRepeat(step: number, interrupt: Interrupt): Promise<{ finished: boolean }> {
    const on = quickStore();
    const made = await manyPartsOnce(on);
    const id = newId();
    const victim = interrupt(on, step);
    const work = erasureOn(victim.store, 0).erase(ANN, id);
    const finished = await Promise.race([
      victim.broken.then(() => false),
      work.then(
        () => true,
        () => false,
      ),
    ]);
    // Others write in the meantime.
    const between = await answers(2, [BOB], on);
    const counts = await erasureOn(on).erase(ANN, id);
    expect(counts).toEqual({ labels: made.get(ANN)?.length, uploads: 2, exclusions: 1 });
    expect(sorted(await idsIn(on, "labels/"))).toEqual(
      sorted([...(made.get(BOB) ?? []), ...(between.get(BOB) ?? [])]),
    );
    expect(await idsIn(on, "uploads/")).toHaveLength(1);
    expect(await idsIn(on, "exclusions/")).toHaveLength(1);
    return { finished };
  }

  /** Two small label parts and one of uploads. */
  async function manyPartsOnce(on: ObjectStore): Promise<Map<string, string[]>> {
    const made = await answers(6, [ANN, BOB, BOB], on);
    const first = (await on.get("labels/00000.csv"))?.body ?? Buffer.alloc(0);
    const header = first.subarray(0, first.indexOf("\n") + 1).toString();
    const more = [newId(), newId()];
    const rows = more.map((id, index) => `${id},time,${IMAGE},1,${[ANN, BOB][index]},1\r\n`);
    await on.put("labels/00001.csv", Buffer.from(header + rows.join("")));
    for (const [index, person] of [ANN, BOB].entries()) made.get(person)?.push(more[index] ?? "");
    await uploads(2, ANN, { on });
    await uploads(1, BOB, { on });
    await exclude(ANN, { on });
    await exclude(BOB, { on });
    return made;
  }

  it.each([
    ["killed", killed],
    ["given up after errors", failed],
  ])("(%s) is completed by the next delivery, which reports all that was removed", async (_, interrupt) => {
    let step = 1;
    while (!(await interruptAndRepeat(step, interrupt)).finished) step += 1;
    // Tombstone, watermark, two LISTs, the parts, the count, the parts again: each with a step before and after it.
    expect(step).toBeGreaterThan(25);
  });
});
