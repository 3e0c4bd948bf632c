import { beforeEach, describe, expect, it } from "vitest";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { addGold } from "../../src/project/add-gold.ts";
import { goldFile } from "../../src/project/gold-file.ts";
import { projectData } from "../../src/project/project.ts";
import { idsIn, newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { quickStore } from "../object-store/memory-store.ts";

const DAY = 24 * 60 * 60 * 1000;
const options = { log: memoryLog().log, now: Date.now, random: Math.random };

let store: ObjectStore;

beforeEach(() => {
  store = quickStore();
});

const nameOf = (index: number): string => `${index.toString(16).padStart(64, "0")}.png`;

function images(count: number, label: number): Map<string, number> {
  return new Map(Array.from({ length: count }, (_, index) => [nameOf(index), label]));
}

function add(labels: ReadonlyMap<string, number>, signal = new AbortController().signal) {
  return addGold(store, "", labels, { ...options, signal });
}

const gold = async (): Promise<ReadonlyMap<string, number>> =>
  (await projectData(store, "").readTrust(HOTDOG_QUESTION)).gold;

describe("gold answers that are added together", () => {
  it("are written once by two imports at once, or replace each other completely", async () => {
    await Promise.all([add(images(1_500, 1)), add(images(1_500, 1))]);
    expect(await gold()).toEqual(images(1_500, 1));
    expect(await add(images(1_500, 1))).toEqual({ changed: 0, same: 1_500 });
    expect(await add(new Map([...images(1_500, 1), [nameOf(3), 0]]))).toEqual({ changed: 1, same: 1_499 });
  });

  it("start another part before one becomes too large to read at once", async () => {
    await add(images(5_000, 1));
    const parts = await store.list("gold/");
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(({ size }) => size))).toBeLessThan(512 * 1024);
  });

  it("replace an answer from a clock that is ahead", async () => {
    const image = nameOf(0);
    await goldFile(store, options).set({ id: newId(Date.now() + DAY), image, label: 1 });
    expect(await add(new Map([[image, 0]]))).toEqual({ changed: 1, same: 0 });
    expect(await gold()).toEqual(new Map([[image, 0]]));
  });

  it("are completed by the next import after an interruption", async () => {
    const stopping = new AbortController();
    const before = store;
    store = {
      ...before,
      async put(...write) {
        stopping.abort();
        return before.put(...write);
      },
    };
    expect(await add(images(2_500, 1), stopping.signal)).toEqual({ changed: 1_000, same: 0 });
    store = before;
    expect(await add(images(2_500, 1))).toEqual({ changed: 1_500, same: 1_000 });
    expect(await idsIn(store, "gold/")).toHaveLength(2_500);
  });
});
