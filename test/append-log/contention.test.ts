import { describe, expect, it } from "vitest";
import { contention } from "../../src/append-log/contention.ts";
import { ConditionFailedError } from "../../src/object-store/object-store.ts";
import { memoryLog } from "../memory-log.ts";

const PUT_MS = 60;
const FASTER = new ConditionFailedError("rows/00000.csv");
const FAILURE = new Error("503 SlowDown");

function writer(): ReturnType<typeof contention> {
  return contention({ random: () => 0.5, log: memoryLog().log, file: "rows" });
}

describe("a writer under contention", () => {
  it("continues at once while it is alone, except for half a PUT time now and then", () => {
    const alone = writer();
    const pauses = Array.from({ length: 16 }, () => {
      alone.recordCommit(PUT_MS);
      return alone.pause();
    });
    expect(pauses.filter((pause) => pause > 0)).toEqual([PUT_MS / 2, PUT_MS / 2]);
    expect(alone.contended()).toBe(false);
  });

  it("pauses after a win for one PUT time per race lost before it, at most four", () => {
    const one = writer();
    one.recordFailure(FASTER);
    one.recordFailure(FASTER);
    one.recordCommit(PUT_MS);
    expect(one.pause()).toBe(2 * PUT_MS);
    expect(one.contended()).toBe(true);
    for (let loss = 0; loss < 9; loss += 1) one.recordFailure(FASTER);
    one.recordCommit(PUT_MS);
    expect(one.pause()).toBe(4 * PUT_MS);
  });

  it("pauses less and less as it wins without losing", () => {
    const one = writer();
    one.recordFailure(FASTER);
    one.recordCommit(PUT_MS);
    one.recordCommit(PUT_MS);
    expect(one.pause()).toBe(PUT_MS);
    one.recordCommit(PUT_MS);
    expect(one.contended()).toBe(false);
  });

  it("waits less the more races in a row it has lost", () => {
    const one = writer();
    one.recordCommit(PUT_MS);
    const pauses = Array.from({ length: 3 }, () => {
      one.recordFailure(FASTER);
      return one.pause();
    });
    expect(pauses).toEqual([PUT_MS / 2, PUT_MS / 8, PUT_MS / 18]);
    expect(one.lostRaces()).toBe(3);
  });

  it("backs off while the store fails, for at most two seconds", () => {
    const one = writer();
    one.recordCommit(PUT_MS);
    const pauses = Array.from({ length: 8 }, () => {
      expect(one.recordFailure(FAILURE)).toBe("failed");
      return one.pause();
    });
    expect(pauses.slice(0, 3)).toEqual([PUT_MS, 2 * PUT_MS, 4 * PUT_MS]);
    expect(pauses.at(-1)).toBe(1_000);
    expect(one.lostRaces()).toBe(0);
  });

  it("does not stop for minutes after slow PUTs", () => {
    const one = writer();
    one.recordCommit(PUT_MS);
    one.recordFailure(FASTER);
    one.recordCommit(600_000);
    expect(one.pause()).toBe(PUT_MS + (1_000 - PUT_MS) / 5);
    for (let win = 0; win < 99; win += 1) one.recordCommit(600_000);
    one.recordFailure(FASTER);
    one.recordCommit(600_000);
    expect(one.pause()).toBeCloseTo(1_000);
  });

  it("follows the average duration of its PUTs", () => {
    const one = writer();
    one.recordCommit(10);
    expect(one.putTime()).toBe(10);
    one.recordCommit(60);
    expect(one.putTime()).toBe(20);
    one.recordCommit();
    expect(one.putTime()).toBe(20);
  });

  it("pauses only after failures while its turns are fixed", () => {
    const one = writer();
    one.recordFailure(FASTER);
    expect(one.pause(true)).toBe(0);
    one.recordCommit(PUT_MS);
    expect(one.pause(true)).toBe(0);
    one.recordFailure(FAILURE);
    expect(one.pause(true)).toBe(PUT_MS);
  });

  it("gives up a PUT after eight average ones, and later after each failure", () => {
    const one = writer();
    expect(one.patience()).toBe(500);
    for (let win = 0; win < 99; win += 1) one.recordCommit(100);
    expect(one.patience()).toBeCloseTo(800);
    one.recordFailure(FAILURE);
    one.recordFailure(FAILURE);
    expect(one.patience()).toBeCloseTo(3_200);
    one.recordCommit(100);
    expect(one.patience()).toBeCloseTo(800);
  });
});
