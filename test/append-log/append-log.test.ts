import { setTimeout } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { appendLog, type AppendLog } from "../../src/append-log/append-log.ts";
import {
  ConditionFailedError,
  type ObjectStore,
  type StoredObject,
} from "../../src/object-store/object-store.ts";
import { PART_SIZE } from "../../src/append-log/part-sequence.ts";
import { memoryLog } from "../memory-log.ts";
import { until } from "../until.ts";
import { faultyStore } from "../object-store/faulty-store.ts";
import { memoryStore, quickStore } from "../object-store/memory-store.ts";
import { idsIn, newId, partsOf, readPart } from "./rows.ts";
import { noteless } from "./simulation.ts";
import { turnClock } from "./turns.ts";

const TABLE = { prefix: "rows/", columns: ["id", "text"] };
/** Makes a few hundred rows fill a part. */
const WIDE = "x".repeat(1_000);

let store: ObjectStore;

beforeEach(() => {
  store = quickStore();
});

function writer(on: ObjectStore = store): AppendLog {
  return appendLog(on, TABLE, { log: memoryLog().log, now: Date.now, random: Math.random });
}

const newIds = (count: number): string[] => Array.from({ length: count }, () => newId());

async function appendAll(file: AppendLog, ids: readonly string[], text = "text"): Promise<void> {
  await Promise.all(ids.map((id) => file.append({ id, text })));
}

async function expectExactly(ids: readonly string[]): Promise<void> {
  expect((await idsIn(store, TABLE.prefix)).toSorted()).toEqual([...ids].toSorted());
}

describe("an append log", () => {
  it("starts with a header and holds each row once, as RFC 4180 CSV", async () => {
    const ids = newIds(3);
    await appendAll(writer(), ids);
    const [part] = await partsOf(store, TABLE.prefix);
    expect(part).toEqual({
      key: "rows/00000.csv",
      header: ["id", "text"],
      rows: ids.map((id) => [id, "text"]),
    });
  });

  it("has a row in the store before it confirms it", async () => {
    const objects = new Map<string, StoredObject>();
    const file = writer(quickStore(objects));
    for (const id of newIds(5)) {
      await file.append({ id, text: "text" });
      // Looks without waiting, which would give a late PUT time to land.
      expect(objects.get("rows/00000.csv")?.body.toString()).toContain(id);
    }
  });

  it("writes rows that arrive during a PUT together with the next one", async () => {
    let puts = 0;
    const gate = Promise.withResolvers<void>();
    const held = faultyStore(store, async ({ method, when }) => {
      if (method !== "put" || when !== "before") return;
      puts += 1;
      await gate.promise;
    });
    const file = writer(held);
    const [first = "", ...others] = newIds(200);
    const underWay = file.append({ id: first, text: "text" });
    await until(() => expect(puts).toBe(1));
    const following = appendAll(file, others);
    gate.resolve();
    await Promise.all([underWay, following]);
    await expectExactly([first, ...others]);
    expect(puts).toBe(2);
  });

  it("starts another part when one has reached 256 KiB", async () => {
    const file = writer();
    const ids = newIds(750);
    for (let start = 0; start < ids.length; start += 50)
      await appendAll(file, ids.slice(start, start + 50), WIDE);
    const parts = await partsOf(store, TABLE.prefix);
    expect(parts.map(({ key }) => key)).toEqual(["rows/00000.csv", "rows/00001.csv", "rows/00002.csv"]);
    expect(parts.every(({ header }) => header.join() === "id,text")).toBe(true);
    for (const { key } of parts.slice(0, -1)) {
      const size = (await store.head(key))?.size ?? 0;
      expect(size).toBeGreaterThanOrEqual(PART_SIZE);
      expect(size).toBeLessThan(PART_SIZE + 51 * 1_030);
    }
    await expectExactly(ids);
  });

  it("continues where an earlier process stopped", async () => {
    const [first, second] = [newIds(300), newIds(10)];
    await appendAll(writer(), first, WIDE);
    await appendAll(writer(), second);
    await expectExactly([...first, ...second]);
  });

  it("completes a last line whose line break an editor has removed", async () => {
    await store.put("rows/00000.csv", Buffer.from('id,text\r\n1,"a, b"'));
    const [id = ""] = newIds(1);
    await writer().append({ id, text: "text" });
    const [part] = await partsOf(store, TABLE.prefix);
    expect(part?.rows).toEqual([
      ["1", "a, b"],
      [id, "text"],
    ]);
  });

  it("appends to the part with the highest number, whatever the order and number of keys", async () => {
    const old = Array.from({ length: 1_005 }, (_, index) => `rows/${String(98_995 + index)}.csv`);
    await Promise.all(old.map((key) => store.put(key, Buffer.from("id,text\r\n"))));
    await store.put("rows/100000.csv", Buffer.from("id,text\r\n1,last\r\n"));
    const [id = ""] = newIds(1);
    await writer().append({ id, text: "text" });
    expect((await store.get("rows/100000.csv"))?.body.toString()).toBe(`id,text\r\n1,last\r\n${id},text\r\n`);
  });

  it("writes the header again into a part that was emptied", async () => {
    await store.put("rows/00000.csv", Buffer.alloc(0));
    const [id = ""] = newIds(1);
    await writer().append({ id, text: "text" });
    expect((await store.get("rows/00000.csv"))?.body.toString()).toBe(`id,text\r\n${id},text\r\n`);
  });

  it("finds the ids of a part that an editor has reformatted", async () => {
    const ids = newIds(5);
    const [a = "", b = "", c = "", d = "", e = ""] = ids;
    const edited = `\uFEFFid,text\n${a},x\n${b},"y\r\n${c};z\n"${d}","w"\n${e},"v"`;
    await store.put("rows/00000.csv", Buffer.from(edited));
    await appendAll(writer(), ids);
    const body = (await store.get("rows/00000.csv"))?.body.toString() ?? "";
    for (const id of ids) expect(body.split(id)).toHaveLength(2);
  });

  it("finds a row by its id", async () => {
    const file = writer();
    const [id = "", other = ""] = newIds(2);
    await file.append({ id, text: "text" });
    expect(await file.has(id)).toBe(true);
    expect(await file.has(other)).toBe(false);
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "\n＝1"])(
    "escapes a formula: %j",
    async (text) => {
      const [id = ""] = newIds(1);
      await writer().append({ id, text });
      const [part] = await partsOf(store, TABLE.prefix);
      expect(part?.rows[0]?.[1]).toBe(`'${text.trim()}`);
    },
  );

  it("keeps quotes, commas, line breaks and odd characters within their field", async () => {
    const [id = ""] = newIds(1);
    await writer().append({ id, text: 'a "quoted", b\r\nc\u2028d \u202E é 🌭' });
    const [part] = await partsOf(store, TABLE.prefix);
    expect(part?.rows).toEqual([[id, 'a "quoted", b c d   é 🌭']]);
  });
});

describe("a row that is appended again", () => {
  it("is written once by one writer, both concurrently and later", async () => {
    const file = writer();
    const ids = newIds(20);
    await Promise.all([appendAll(file, ids), appendAll(file, ids)]);
    await appendAll(file, ids);
    await expectExactly(ids);
  });

  it("is written once by two writers", async () => {
    const ids = newIds(50);
    await Promise.all([appendAll(writer(), ids), appendAll(writer(), ids)]);
    await expectExactly(ids);
  });

  it("is found in a part closed since, by its own writer and by another", async () => {
    const ids = newIds(5);
    const file = writer();
    await appendAll(file, ids);
    const others = newIds(1_000);
    for (let start = 0; start < others.length; start += 200) {
      await appendAll(writer(), others.slice(start, start + 200), WIDE);
    }
    expect((await partsOf(store, TABLE.prefix)).length).toBeGreaterThan(2);
    await appendAll(file, ids);
    await appendAll(writer(), ids);
    await expectExactly([...ids, ...others]);
  });

  it("is found in a part that its own writer has closed, without reading the store again", async () => {
    const file = writer();
    const ids = newIds(700);
    for (let start = 0; start < ids.length; start += 50)
      await appendAll(file, ids.slice(start, start + 50), WIDE);
    expect((await partsOf(store, TABLE.prefix)).length).toBeGreaterThan(1);
    await appendAll(file, ids, WIDE);
    await expectExactly(ids);
  });

  it("is found although this writer's clock is two minutes slow", async () => {
    const slow = appendLog(store, TABLE, {
      log: memoryLog().log,
      now: () => Date.now() - 120_000,
      random: Math.random,
    });
    const ids = newIds(700);
    for (let start = 0; start < ids.length; start += 50)
      await appendAll(slow, ids.slice(start, start + 50), WIDE);
    await appendAll(slow, ids, WIDE);
    await expectExactly(ids);
  });

  it("is found although the store's clock is 50 seconds slow", async () => {
    const slow = <Dated extends { modified: Date }>(object: Dated): Dated => ({
      ...object,
      modified: new Date(object.modified.getTime() - 50_000),
    });
    const behind: ObjectStore = {
      ...store,
      async get(key) {
        const found = await store.get(key);
        return found && slow(found);
      },
      list: async (prefix, page) => (await store.list(prefix, page)).map(slow),
    };
    const ids = newIds(600);
    for (let start = 0; start < ids.length; start += 50)
      await appendAll(writer(behind), ids.slice(start, start + 50), WIDE);
    expect((await partsOf(store, TABLE.prefix)).length).toBeGreaterThan(1);
    await appendAll(writer(behind), ids, WIDE);
    await expectExactly(ids);
  });

  it("is found in a part that another writer has closed in the meantime", async () => {
    const [one, other] = [writer(), writer()];
    const [early, late] = [newIds(1), newIds(700)];
    await appendAll(one, early);
    await appendAll(other, early);
    for (let start = 0; start < late.length; start += 50)
      await appendAll(other, late.slice(start, start + 50), WIDE);
    await appendAll(one, newIds(1).concat(early, late), WIDE);
    expect(await idsIn(store, TABLE.prefix)).toHaveLength(702);
  });

  it("is looked for only in parts modified since its id was made", async () => {
    const old = newIds(600);
    for (let start = 0; start < old.length; start += 100)
      await appendAll(writer(), old.slice(start, start + 100), WIDE);
    let gets = 0;
    const counting = faultyStore(store, ({ method, when }) => {
      if (method === "get" && when === "before") gets += 1;
    });
    const hour = 60 * 60 * 1000;
    // Made one hour from now, so every existing part is older.
    await writer(counting).append({ id: newId(Date.now() + hour), text: "text" });
    expect(gets).toBe(1);
    gets = 0;
    const closed = (await partsOf(store, TABLE.prefix)).length - 1;
    expect(closed).toBeGreaterThan(0);
    await writer(counting).append({ id: newId(Date.now() - hour), text: "text" });
    expect(gets).toBe(1 + closed);
  });
});

describe("several writers on one store", () => {
  it("lose and duplicate nothing, whoever wins", async () => {
    const lots = Array.from({ length: 4 }, () => newIds(150));
    await Promise.all(
      lots.map(async (ids) => {
        const file = writer();
        for (let start = 0; start < ids.length; start += 10)
          await appendAll(file, ids.slice(start, start + 10), WIDE);
      }),
    );
    await expectExactly(lots.flat());
    expect((await partsOf(store, TABLE.prefix)).length).toBeGreaterThan(2);
  });

  it.each(["in a ring", "without a ring"])("do not starve one of them (%s)", async (how) => {
    const { now: turn, pass } = turnClock();
    const began = Date.now();
    const shared = memoryStore(new Map(), async (act, method) => {
      await pass(method === "put" ? 10 : 1);
      const result = act();
      await pass(1);
      return result;
    });
    const slow = how === "in a ring" ? shared : noteless(shared);
    const now = (): number => began + turn();
    const most = 80;
    const written = [0, 0, 0];
    await Promise.all(
      written.map(async (_, index) => {
        const { log } = memoryLog();
        const wait = (milliseconds: number): Promise<void> => pass(Math.ceil(milliseconds));
        const inTime = <T>(_: number, work: Promise<T>): Promise<T> => work;
        const file = appendLog(slow, TABLE, { log, now, wait, random: Math.random, clock: turn, inTime });
        while (Math.max(...written) < most) {
          await appendAll(file, newIds(5));
          written[index] = (written[index] ?? 0) + 1;
        }
      }),
    );
    expect(Math.min(...written)).toBeGreaterThan(most / 10);
  });
});

describe("on a store with faults, an append log", () => {
  it("loses nothing when writes fail", async () => {
    let count = 0;
    const file = writer(
      faultyStore(store, ({ method, when }) => {
        count += 1;
        if (method === "put" && when === "before" && count % 3 === 0) throw new Error("503 SlowDown");
      }),
    );
    const ids = newIds(60);
    for (let start = 0; start < ids.length; start += 10) await appendAll(file, ids.slice(start, start + 10));
    await expectExactly(ids);
  });

  it("duplicates nothing when responses are lost after the write", async () => {
    let puts = 0;
    const file = writer(
      faultyStore(store, ({ method, when }) => {
        if (method !== "put" || when !== "after") return;
        puts += 1;
        if (puts % 2 === 0) throw new Error("timed out");
      }),
    );
    const ids = newIds(400);
    for (let start = 0; start < ids.length; start += 20)
      await appendAll(file, ids.slice(start, start + 20), WIDE);
    await expectExactly(ids);
    expect((await partsOf(store, TABLE.prefix)).length).toBeGreaterThan(1);
  });

  it("loses and duplicates nothing when any step of several writers fails", async () => {
    const shaky = faultyStore(store, () => {
      if (Math.random() < 0.1) throw new Error("503 or a lost answer");
    });
    const lots = Array.from({ length: 3 }, () => newIds(60));
    await Promise.all(lots.map((ids) => appendAll(writer(shaky), ids, WIDE)));
    await expectExactly(lots.flat());
  });

  it("rejects a row during a long outage, and a later append writes it once", async () => {
    let away = false;
    const failing = faultyStore(store, ({ method, when }) => {
      // The row is written, but neither this response nor any later one arrives.
      away ||= method === "put" && when === "after";
      if (away) throw new Error("timed out");
    });
    // Long enough for the first failure on a busy machine.
    const options = { log: memoryLog().log, now: Date.now, random: Math.random, deadline: 600 };
    const file = appendLog(failing, TABLE, options);
    const [id = ""] = newIds(1);
    await expect(file.append({ id, text: "text" })).rejects.toThrow(
      "the row could not be written in time: timed out",
    );
    await writer().append({ id, text: "text" });
    await expectExactly([id]);
  });

  it("rejects a row when the store does not respond, and says so", async () => {
    const silent = faultyStore(store, () => new Promise(() => {}));
    const options = { log: memoryLog().log, now: Date.now, random: Math.random, deadline: 50 };
    const file = appendLog(silent, TABLE, options);
    await expect(file.append({ id: newId(), text: "text" })).rejects.toThrow(
      "the row could not be written in time: the store has not answered",
    );
  });

  describe("that loses every race", () => {
    function losing(times: number): ObjectStore {
      let left = times;
      return faultyStore(store, ({ method, when }) => {
        if (method === "put" && when === "before" && left-- > 0) throw new ConditionFailedError("rows");
      });
    }

    function losingWriter(
      on: ObjectStore,
      { deadline, pause }: { deadline: number; pause: number },
    ): { file: AppendLog; logged: () => string } {
      const { log, logged } = memoryLog();
      const wait = (): Promise<void> => (pause === 0 ? Promise.resolve() : setTimeout(pause));
      return {
        file: appendLog(on, TABLE, { log, now: Date.now, random: Math.random, deadline, wait }),
        logged,
      };
    }

    it("rejects the row and says how many races were lost", async () => {
      const { file } = losingWriter(losing(Infinity), { deadline: 600, pause: 20 });
      await expect(file.append({ id: newId(), text: "text" })).rejects.toThrow(
        /^the row could not be written in time: other writers were faster \d+ times in a row$/,
      );
    });

    it("warns at 100 and 1,000 lost races, not at each", async () => {
      const { file, logged } = losingWriter(losing(1_100), { deadline: 60_000, pause: 0 });
      await file.append({ id: newId(), text: "text" });
      const warned = [...logged().matchAll(/"file":"rows","lost":(\d+)/g)].map(([, lost]) => Number(lost));
      expect(warned).toEqual([100, 1_000]);
      expect(logged().split("\n")).toHaveLength(warned.length + 1);
    });
  });

  it("never exposes incomplete CSV", async () => {
    const checked = faultyStore(store, async ({ method, when }) => {
      if (method !== "put" || when !== "after") return;
      for (const { key } of await store.list(TABLE.prefix))
        readPart((await store.get(key))?.body.toString() ?? "");
    });
    const lots = Array.from({ length: 3 }, () => newIds(100));
    await Promise.all(lots.map((ids) => appendAll(writer(checked), ids, WIDE)));
    await expectExactly(lots.flat());
  });
});

describe("a writer that is killed at any step", () => {
  /** Simulates a process that is killed at its n-th step: that step and all later ones never return. */
  function killedAt(on: ObjectStore, step: number): { store: ObjectStore; killed: Promise<false> } {
    const killed = Promise.withResolvers<false>();
    let steps = 0;
    const dead = faultyStore(on, async () => {
      steps += 1;
      if (steps < step) return;
      killed.resolve(false);
      await new Promise(() => {});
    });
    return { store: dead, killed: killed.promise };
  }

  /** Nearly fills a part, appends rows with a writer that is killed at this step, and appends all of them again. */
  async function killAndRedeliver(step: number): Promise<{ finished: boolean }> {
    const on = quickStore();
    const [before, ids] = [newIds(230), newIds(60)];
    await appendAll(writer(on), before, WIDE);

    const victim = killedAt(on, step);
    const file = writer(victim.store);
    const confirmed: string[] = [];
    const work = (async () => {
      for (let start = 0; start < ids.length; start += 20) {
        const batch = ids.slice(start, start + 20);
        await Promise.all(batch.map((id) => file.append({ id, text: WIDE }).then(() => confirmed.push(id))));
      }
      return true;
    })();
    const finished = await Promise.race([victim.killed, work]);
    expect(await idsIn(on, TABLE.prefix)).toEqual(expect.arrayContaining([...before, ...confirmed]));

    await appendAll(writer(on), ids, WIDE);
    expect((await idsIn(on, TABLE.prefix)).toSorted()).toEqual([...before, ...ids].toSorted());
    return { finished };
  }

  it("leaves each confirmed row once, and a redelivery adds each of the others once", async () => {
    let step = 1;
    while (!(await killAndRedeliver(step)).finished) step += 1;
    // One LIST, GETs and five PUTs, each with a step before and after it.
    expect(step).toBeGreaterThan(12);
  });
});

describe("the cost of a row", () => {
  it("is at most one part plus its batch, and the same at 10,000 and 40,000 rows", async () => {
    let written = 0;
    const batch = 500;
    const text = "x".repeat(100);
    const rowSize = newId().length + text.length + 3;
    const counting: ObjectStore = {
      ...store,
      put(key, body, options) {
        written += body.length;
        expect(body.length).toBeLessThan(PART_SIZE + (batch + 1) * rowSize);
        return store.put(key, body, options);
      },
    };
    const file = writer(counting);
    const bytesPerRow: number[] = [];
    for (const rows of [10_000, 30_000]) {
      written = 0;
      for (let row = 0; row < rows; row += batch) await appendAll(file, newIds(batch), text);
      bytesPerRow.push(written / rows);
    }
    const [first = 0, second = 0] = bytesPerRow;
    expect(second / first).toBeLessThan(1.2);
    expect(new Set(await idsIn(store, TABLE.prefix)).size).toBe(40_000);
  });
});
