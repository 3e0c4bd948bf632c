import { describe, expect, it } from "vitest";
import { closedParts } from "../../src/append-log/closed-parts.ts";
import { idCache } from "../../src/append-log/id-cache.ts";
import { newId } from "./rows.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1);

/** Parts of 10 ids each, one part per minute. */
function parts(count: number): { number: number; modified: number; ids: Set<string> }[] {
  return Array.from({ length: count }, (_, number) => {
    const made = NOW + number * MINUTE;
    return { number, modified: made + 1_000, ids: new Set(Array.from({ length: 10 }, () => newId(made))) };
  });
}

describe("the closed parts that a writer knows", () => {
  it("are searched in memory if their ids were added", async () => {
    const closed = closedParts(MINUTE);
    const all = parts(5);
    for (const part of all) closed.add(part);
    const [id = ""] = all[1]?.ids ?? [];
    const fresh = newId(NOW + 10 * MINUTE);
    const loaded: number[] = [];
    const left = await closed.missing([id, fresh], async (number) => {
      loaded.push(number);
      return new Set();
    });
    expect([...left]).toEqual([fresh]);
    expect(loaded).toEqual([]);
  });

  it("are read once each if they were added without ids", async () => {
    const closed = closedParts(MINUTE);
    const all = parts(3);
    for (const { number, modified } of all) closed.add({ number, modified });
    const loaded: number[] = [];
    const load = async (number: number): Promise<Set<string>> => {
      loaded.push(number);
      return all[number]?.ids ?? new Set();
    };
    const [id = ""] = all[0]?.ids ?? [];
    expect((await closed.missing([id], load)).size).toBe(0);
    expect((await closed.missing([id], load)).size).toBe(0);
    expect(loaded).toEqual([2, 1, 0]);
  });

  it("are not searched if they were complete before the id was made", async () => {
    const closed = closedParts(MINUTE);
    for (const { number, modified } of parts(30)) closed.add({ number, modified });
    const loaded: number[] = [];
    await closed.missing([newId(NOW + 25 * MINUTE)], async (number) => {
      loaded.push(number);
      return new Set();
    });
    // Part 24 was modified one second after minute 24, which is within the minute of slack.
    expect(loaded).toEqual([29, 28, 27, 26, 25, 24]);
  });

  it("count as modified at their newest id if a clock gives an earlier time", async () => {
    const closed = closedParts(MINUTE);
    const id = newId(NOW + 10 * MINUTE);
    closed.add({ number: 0, modified: NOW, ids: new Set([id]) });
    expect((await closed.missing([id], async () => new Set())).size).toBe(0);
  });

  it("are not read one after another for each id if there are more than fit in the cache", async () => {
    const closed = closedParts(60 * MINUTE);
    const all = parts(1_000);
    for (const part of all) closed.add(part);
    let loads = 0;
    const load = async (number: number): Promise<Set<string>> => {
      loads += 1;
      return all[number]?.ids ?? new Set();
    };
    // As after an outage: ids made long ago, between the ids of all these parts, and in none of them.
    const backlog = Array.from({ length: 256 }, (_, index) => newId(NOW + index * 3 * MINUTE + 30_000));
    expect((await closed.missing(backlog, load)).size).toBe(256);
    expect(loads).toBe(0);
  });

  it("share the memory for ids with other logs, and are read again when it is full", async () => {
    const cache = idCache(3);
    const [one, other] = [closedParts(60 * MINUTE, cache), closedParts(60 * MINUTE, cache)];
    const all = parts(3);
    for (const part of all) one.add(part);
    other.add({ number: 0, modified: NOW, ids: new Set([newId(NOW)]) });
    const loaded: number[] = [];
    const load = async (number: number): Promise<Set<string>> => {
      loaded.push(number);
      return all[number]?.ids ?? new Set();
    };
    const ids = all.map(({ ids: [id = ""] }) => id);
    expect((await one.missing(ids, load)).size).toBe(0);
    expect(loaded).toEqual([0]);
  });

  it("may have gaps in their numbers and be added in any order", async () => {
    const closed = closedParts(MINUTE);
    const ids = new Set([newId(NOW)]);
    closed.add({ number: 900, modified: NOW + MINUTE, ids: new Set([newId(NOW + MINUTE)]) });
    closed.add({ number: 500, modified: NOW, ids });
    const loads: number[] = [];
    const load = async (number: number): Promise<Set<string>> => {
      loads.push(number);
      return new Set();
    };
    expect((await closed.missing([...ids], load)).size).toBe(0);
    expect(loads).toEqual([]);
  });
});
