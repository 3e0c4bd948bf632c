import { beforeEach, describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import { HOTDOG_QUESTION, type Label } from "../../src/labeling/question.ts";
import { countsWithout } from "../../src/labeling/answer-counts.ts";
import { labelTally, type LabelTally } from "../../src/project/label-tally.ts";
import type { StoredObject } from "../../src/object-store/object-store.ts";
import { sealed } from "../../src/append-log/seal.ts";
import { memoryLog } from "../memory-log.ts";
import { memoryStore } from "../object-store/memory-store.ts";
import { newId } from "../append-log/rows.ts";

const HEADER = "id,labeled_at,image,label,labeler,round";

let objects: Map<string, StoredObject>;
let reads: string[];
let tally: LabelTally;

beforeEach(() => {
  objects = new Map();
  reads = [];
  const store = memoryStore(objects, async (act) => act());
  const counting = { ...store, get: (key: string) => (reads.push(key), store.get(key)) };
  tally = labelTally(counting, HOTDOG_QUESTION, memoryLog().log);
});

const imageCalled = (name: string): string => `${createHash("sha256").update(name).digest("hex")}.jpg`;

/** Turns "image labeler label" into a row, made now by default. */
function row(text: string, time?: number): string {
  const [image = "", labeler, label] = text.split(" ");
  return `${newId(time)},at,${imageCalled(image)},${label},${labeler},1`;
}

function write(part: number, lines: readonly string[]): void {
  const key = `labels/${String(part).padStart(5, "0")}.csv`;
  const body = Buffer.from([HEADER, ...lines, ""].join("\r\n"));
  const modified = new Date((objects.get(key)?.modified.getTime() ?? 0) + 1_000);
  objects.set(key, { body, etag: String(modified.getTime()), modified });
}

async function labels(): Promise<Label[]> {
  const { votes } = await tally.read();
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
    const key = "labels/00001.csv";
    const part = objects.get(key);
    if (part === undefined) throw new Error("there is no such part");
    const modified = new Date(part.modified.getTime() + 1_000);
    objects.set(key, { body: sealed(part.body), etag: "sealed", modified });
    expect((await tally.read()).answers).toBe(2);
    expect(reads).toEqual([key]);
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
      log,
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
      memoryLog().log,
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
    tally = labelTally(flaky, HOTDOG_QUESTION, memoryLog().log);
    await expect(tally.read()).rejects.toThrow("away");
    failing = false;
    expect((await tally.read()).answers).toBe(17);
  });
});
