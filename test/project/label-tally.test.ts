import { beforeEach, describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import { HOTDOG_QUESTION, type Label } from "../../src/labeling/question.ts";
import { countsWithout } from "../../src/labeling/answer-counts.ts";
import { labelTally, type LabelTally, type ReadTallyOptions } from "../../src/project/label-tally.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { PART_SIZE } from "../../src/append-log/part-sequence.ts";
import { sealed } from "../../src/append-log/seal.ts";
import { memoryLog } from "../memory-log.ts";
import { memoryStore } from "../object-store/memory-store.ts";
import { newId } from "../append-log/rows.ts";

const HEADER = "id,labeled_at,image,label,labeler,round";

let objects: Map<string, StoredObject>;
let reads: string[];
/** Number of lists. */
let lists: number;
/** Milliseconds since 1970. */
let time: number;
let tally: LabelTally;

beforeEach(() => {
  objects = new Map();
  reads = [];
  lists = 0;
  time = Date.UTC(2026, 0, 1);
  const store = memoryStore(objects, async (act) => act());
  const counting: ObjectStore = {
    ...store,
    get: (key, options) => (reads.push(key), store.get(key, options)),
    list: (prefix, options) => ((lists += 1), store.list(prefix, options)),
  };
  tally = labelTally(counting, HOTDOG_QUESTION, { log: memoryLog().log, now: () => time });
});

const imageCalled = (name: string): string => `${createHash("sha256").update(name).digest("hex")}.jpg`;

/** Turns "image labeler label" into a row, made now by default. */
function row(text: string, time?: number): string {
  const [image = "", labeler, label] = text.split(" ");
  return `${newId(time)},at,${imageCalled(image)},${label},${labeler},1`;
}

const keyOf = (part: number): string => `labels/${String(part).padStart(5, "0")}.csv`;

/** Writes a part as an editor does, without a note. */
function write(part: number, lines: readonly string[]): void {
  replace(part, Buffer.from([HEADER, ...lines, ""].join("\r\n")));
}

/** Writes a part as a worker does, with a note. */
function append(part: number, lines: readonly string[]): void {
  const key = keyOf(part);
  const before = objects.get(key)?.body.toString() ?? `${HEADER}\r\n`;
  replace(part, Buffer.from([before, ...lines.map((line) => `${line}\r\n`)].join("")), "1 k3f9");
}

function replace(part: number, body: Buffer, note?: string): void {
  const key = keyOf(part);
  const modified = new Date((objects.get(key)?.modified.getTime() ?? 0) + 1_000);
  objects.set(key, { body, etag: String(modified.getTime()), modified, note });
}

function bodyOf(part: number): Buffer {
  const found = objects.get(keyOf(part));
  if (found === undefined) throw new Error("there is no such part");
  return found.body;
}

/** Reads the number of answers, and the requests that this took. @param allowErased default: true */
async function readAnswers(allowErased = true): Promise<{ answers: number; gets: number; lists: number }> {
  reads = [];
  lists = 0;
  const { answers } = await tally.read({ allowErased });
  return { answers, gets: reads.length, lists };
}

async function labels(options?: ReadTallyOptions): Promise<Label[]> {
  const { votes } = await tally.read(options);
  return votes.byImage.flatMap((given) => given.map(({ label }) => label));
}

describe("the label tally", () => {
  it("counts answers, votes and days over all parts", async () => {
    write(0, [row("a k 1", Date.UTC(2026, 0, 1)), row("a k 0", Date.UTC(2026, 0, 2))]);
    write(1, [row("a m 1", Date.UTC(2026, 0, 2)), row("b k 1", Date.UTC(2026, 0, 2))]);
    const { votes, answers, perDay } = await tally.read();
    expect(answers).toBe(4);
    expect(votes.byImage.map((given) => given.map(({ label }) => label))).toEqual([[0, 1], [1]]);
    expect(Object.fromEntries(perDay)).toEqual({ "2026-01-01": 1, "2026-01-02": 3 });
  });

  it("counts the answers of some people", async () => {
    write(0, [row("a k 1", Date.UTC(2026, 0, 1)), row("a k unsure", Date.UTC(2026, 0, 2))]);
    write(1, [row("a m 1", Date.UTC(2026, 0, 2)), row("b k 1", Date.UTC(2026, 0, 2))]);
    const all = await tally.read();
    const some = tally.countsOf(new Set(["k", "nobody"]));
    expect(some).toMatchObject({ answers: 3, unsure: 1 });
    expect(Object.fromEntries(some.perDay)).toEqual({ "2026-01-01": 1, "2026-01-02": 2 });
    const others = countsWithout(all, some);
    expect(others).toMatchObject({ answers: 1, unsure: 0 });
    expect(others.perDay.get("2026-01-02")).toBe(1);
    expect(tally.countsOf(new Set())).toMatchObject({ answers: 0, perDay: new Map() });
  });

  it("is empty before the first answer", async () => {
    expect(await tally.read()).toMatchObject({ answers: 0, votes: { byImage: [] } });
  });

  it("does not recount everything when a part was sealed without removing rows", async () => {
    write(0, [row("a k 1")]);
    write(1, [row("b k 1")]);
    await tally.read();
    reads.length = 0;
    replace(1, sealed(bodyOf(1)));
    expect((await tally.read()).answers).toBe(2);
    expect(reads).toEqual(["labels/00001.csv"]);
  });

  it("reads only changed parts, and counts each of their rows once", async () => {
    const rows = [row("c k 1"), row("d k 0"), row("e k 1")];
    write(0, [row("a k 1"), row("b k 1")]);
    write(1, rows.slice(0, 1));
    await tally.read();
    reads.length = 0;
    write(1, rows);
    expect((await tally.read()).answers).toBe(5);
    expect(reads).toEqual(["labels/00001.csv"]);
    expect(await tally.read()).toBe(await tally.read());
  });

  it("recounts everything when rows were removed or changed in place", async () => {
    const rows = [row("a k 1"), row("b k 1"), row("c k 1")];
    write(0, rows);
    write(1, [row("d k 1")]);
    await tally.read();
    write(0, rows.slice(1));
    expect((await tally.read()).answers).toBe(3);
    write(
      0,
      rows.slice(1).map((line) => line.replace(",1,k", ",0,k")),
    );
    expect(await labels()).toEqual([0, 0, 1]);
    objects.delete("labels/00000.csv");
    expect(await labels()).toEqual([1]);
  });

  it("warns once about rows that are not answers, not at every append", async () => {
    const { log, logged } = memoryLog();
    tally = labelTally(
      memoryStore(objects, async (act) => act()),
      HOTDOG_QUESTION,
      { log, now: () => time },
    );
    const lines = ["nonsense"];
    for (let appended = 0; appended < 3; appended += 1) {
      lines.push(row("a k 1"));
      write(0, lines);
      await tally.read();
    }
    expect(logged().match(/rows that are not answers/g)).toHaveLength(1);
    write(0, [...lines, "more of it"]);
    await tally.read();
    expect(logged().match(/rows that are not answers/g)).toHaveLength(2);
  });

  it("skips rows that are not answers", async () => {
    write(0, [row("a k 1"), "nonsense", row("b k 2"), row("c k 0")]);
    expect((await tally.read()).answers).toBe(2);
    write(0, [row("a k 1")]);
    expect((await tally.read()).answers).toBe(1);
  });

  it("counts the labels of its question, and people who are not sure", async () => {
    const question = { labels: ["cat", "dog", "neither"] };
    tally = labelTally(
      memoryStore(objects, async (act) => act()),
      question,
      { log: memoryLog().log, now: () => time },
    );
    write(0, [row("a k 2"), row("a m unsure"), row("b k 3"), row("c k 01"), row("c k "), row("d m 0")]);
    expect(await tally.read()).toMatchObject({ answers: 3, unsure: 1 });
    expect(await labels()).toEqual([2, 0]);
  });

  it("includes rows written before the call, even if a count was running", async () => {
    write(0, [row("a k 1")]);
    const first = tally.read();
    write(1, [row("b k 1")]);
    const [, second] = await Promise.all([first, tally.read()]);
    expect(second.answers).toBe(2);
  });

  it("continues after a failure without counting twice", async () => {
    const store = memoryStore(objects, async (act) => act());
    let failing = true;
    const flaky = {
      ...store,
      get: async (key: string) => {
        if (failing && key === "labels/00016.csv") throw new Error("away");
        return store.get(key);
      },
    };
    for (let part = 0; part <= 16; part += 1) write(part, [row(`i${part} k 1`)]);
    tally = labelTally(flaky, HOTDOG_QUESTION, { log: memoryLog().log, now: () => time });
    await expect(tally.read()).rejects.toThrow("away");
    failing = false;
    expect((await tally.read()).answers).toBe(17);
  });
});

describe("a read that allows erased answers", () => {
  /** A row that fills a part alone. */
  const longRow = (): string => `${row("long k 1")}${"0".repeat(PART_SIZE)}`;

  it("is one GET without a list while there is no news", async () => {
    append(0, [longRow()]);
    append(1, [row("a k 1")]);
    expect(await readAnswers()).toEqual({ answers: 2, gets: 2, lists: 1 });
    const first = await tally.read({ allowErased: true });
    for (let read = 0; read < 2; read += 1) {
      expect(await readAnswers()).toEqual({ answers: 2, gets: 1, lists: 0 });
      expect(reads).toEqual([keyOf(1)]);
    }
    expect(await tally.read({ allowErased: true })).toBe(first);
  });

  it("is one GET when the last part has grown, and counts each row once", async () => {
    append(0, [row("a k 1")]);
    await readAnswers();
    append(0, [row("b k 1"), row("c m 0")]);
    expect(await readAnswers()).toEqual({ answers: 3, gets: 1, lists: 0 });
    expect(await readAnswers()).toEqual({ answers: 3, gets: 1, lists: 0 });
    // What was counted is not read again for the next list.
    expect(await readAnswers(false)).toEqual({ answers: 3, gets: 0, lists: 1 });
    expect(await readAnswers()).toEqual({ answers: 3, gets: 1, lists: 0 });
    expect(await labels()).toEqual([1, 1, 0]);
  });

  it("lists when the last part is full, and counts its successor", async () => {
    append(0, [row("a k 1")]);
    await readAnswers();
    append(0, [longRow()]);
    append(1, [row("c k 1")]);
    expect(await readAnswers()).toEqual({ answers: 3, gets: 3, lists: 1 });
    append(1, [row("d k 1")]);
    expect(await readAnswers()).toEqual({ answers: 4, gets: 1, lists: 0 });
  });

  it("lists each time while the last part is full or sealed, or has no note", async () => {
    append(0, [longRow()]);
    await readAnswers();
    expect(await readAnswers()).toEqual({ answers: 1, gets: 0, lists: 1 });
    append(1, [row("a k 1")]);
    replace(1, sealed(bodyOf(1)), "2 k3f9");
    await readAnswers();
    expect(await readAnswers()).toEqual({ answers: 2, gets: 0, lists: 1 });
    write(2, [row("b k 1")]);
    await readAnswers();
    expect(await readAnswers()).toEqual({ answers: 3, gets: 0, lists: 1 });
    append(3, [row("c k 1")]);
    expect(await readAnswers()).toEqual({ answers: 4, gets: 1, lists: 1 });
    expect(await readAnswers()).toEqual({ answers: 4, gets: 1, lists: 0 });
  });

  it("lists when the last part was sealed, and counts its successor", async () => {
    append(0, [row("a k 1")]);
    await readAnswers();
    replace(0, sealed(bodyOf(0)), "2 k3f9");
    append(1, [row("b k 1")]);
    expect(await readAnswers()).toEqual({ answers: 2, gets: 3, lists: 1 });
  });

  it("lists when an editor has made the last part shorter, replaced its rows, or deleted it", async () => {
    const rows = [row("a k 1"), row("b k 1"), row("c k 1")];
    append(0, rows);
    await readAnswers();
    write(0, rows.slice(0, 2));
    // A worker has gone on with it.
    append(0, []);
    expect((await readAnswers()).answers).toBe(2);
    replace(0, Buffer.from(bodyOf(0).toString().replaceAll(",1,k", ",0,k")), "2 k3f9");
    append(0, [row("d k 1")]);
    expect(await labels({ allowErased: true })).toEqual([0, 0, 1]);
    objects.delete(keyOf(0));
    expect((await readAnswers()).answers).toBe(0);
  });

  it("sees a successor although an editor has made the full part short again", async () => {
    append(0, [row("a k 1")]);
    await readAnswers();
    append(0, [longRow()]);
    append(1, [row("c k 1")]);
    write(0, bodyOf(0).toString().split("\r\n").slice(1, 2).concat(row("d k 1")));
    expect((await readAnswers()).answers).toBe(3);
  });

  it("leaves out what was erased from other parts after 10 seconds, without any press", async () => {
    append(0, [row("a k 1"), longRow()]);
    append(1, [row("c m 1")]);
    await readAnswers();
    replace(0, sealed(Buffer.from(`${HEADER}\r\n`)));
    time += 9_999;
    expect(await readAnswers()).toEqual({ answers: 3, gets: 1, lists: 0 });
    time += 1;
    expect(await readAnswers()).toMatchObject({ answers: 1, lists: 2 });
    expect(await readAnswers()).toEqual({ answers: 1, gets: 1, lists: 0 });
  });

  it("does not put that off when answers arrive, or when the clock is set back", async () => {
    append(0, [row("a k 1"), longRow()]);
    append(1, [row("c m 1")]);
    await readAnswers();
    replace(0, sealed(Buffer.from(`${HEADER}\r\n`)));
    time += 6_000;
    append(1, [row("d m 1")]);
    expect((await readAnswers()).answers).toBe(4);
    time += 6_000;
    expect((await readAnswers()).answers).toBe(2);
    replace(1, sealed(Buffer.from(`${HEADER}\r\n`)));
    append(2, [row("e m 1")]);
    await readAnswers();
    replace(1, sealed(Buffer.from(`${HEADER}\r\n${row("f m 1")}\r\n`)));
    time -= 3_600_000;
    expect((await readAnswers()).answers).toBe(2);
  });

  it("lists again after a list that failed midway", async () => {
    append(0, [row("a k 1")]);
    const store = memoryStore(objects, async (act) => act());
    let away = "";
    const flaky: ObjectStore = {
      ...store,
      async get(key, options) {
        if (key === away) throw new Error("away");
        return store.get(key, options);
      },
    };
    tally = labelTally(flaky, HOTDOG_QUESTION, { log: memoryLog().log, now: () => time });
    const read = async (): Promise<number> => (await tally.read({ allowErased: true })).answers;
    expect(await read()).toBe(1);
    write(1, [row("b k 1")]);
    away = keyOf(1);
    await expect(tally.read()).rejects.toThrow("away");
    away = "";
    expect(await read()).toBe(2);
    append(1, [row("c k 1")]);
    away = keyOf(1);
    await expect(read()).rejects.toThrow("away");
    away = "";
    expect(await read()).toBe(3);
  });
});

describe("a read that allows no erased answers", () => {
  it("leaves them out at once, also if it waits for a read that allows them", async () => {
    append(0, [row("a k 1"), row("b m 1")]);
    replace(0, sealed(bodyOf(0)));
    append(1, [row("c m 1")]);
    await readAnswers();
    replace(0, sealed(Buffer.from(`${HEADER}\r\n`)));
    expect((await readAnswers()).answers).toBe(3);
    const reading = [true, true, false].map((allowErased) => tally.read({ allowErased }));
    expect((await Promise.all(reading)).map(({ answers }) => answers)).toEqual([3, 1, 1]);
    replace(0, sealed(Buffer.from(`${HEADER}\r\n${row("f m 1")}\r\n`)));
    expect((await tally.read()).answers).toBe(2);
  });
});
