import { describe, expect, it } from "vitest";
import { contention } from "../../src/append-log/contention.ts";

const PUT = 60;

function turns(): ReturnType<typeof contention> {
  return contention(() => 0.5);
}

describe("taking turns", () => {
  it("goes on at once while a writer is alone, but for half a turn now and then", () => {
    const alone = turns();
    const pauses = Array.from({ length: 16 }, () => {
      alone.won(PUT);
      return alone.pause();
    });
    expect(pauses.filter((pause) => pause > 0)).toEqual([PUT / 2, PUT / 2]);
    expect(alone.contended()).toBe(false);
  });

  it("leaves as many turns after a win as races were lost before it, at most four", () => {
    const one = turns();
    one.lost();
    one.lost();
    one.won(PUT);
    expect(one.pause()).toBe(2 * PUT);
    expect(one.contended()).toBe(true);
    for (let loss = 0; loss < 9; loss += 1) one.lost();
    one.won(PUT);
    expect(one.pause()).toBe(4 * PUT);
  });

  it("forgets others step by step as it wins at the first try", () => {
    const one = turns();
    one.lost();
    one.won(PUT);
    one.won(PUT);
    expect(one.pause()).toBe(PUT);
    one.won(PUT);
    expect(one.contended()).toBe(false);
  });

  it("lets a writer wait the less the more often it has lost", () => {
    const one = turns();
    one.won(PUT);
    const pauses = Array.from({ length: 3 }, () => {
      one.lost();
      return one.pause();
    });
    expect(pauses).toEqual([PUT / 2, PUT / 8, PUT / 18]);
  });

  it("waits ever longer while the store fails, two seconds at most", () => {
    const one = turns();
    one.won(PUT);
    const pauses = Array.from({ length: 8 }, () => {
      one.failed();
      return one.pause();
    });
    expect(pauses.slice(0, 3)).toEqual([PUT, 2 * PUT, 4 * PUT]);
    expect(pauses.at(-1)).toBe(1_000);
  });

  it("does not stop for minutes after one slow PUT, or when the clock was set", () => {
    const one = turns();
    one.lost();
    one.won(600_000);
    expect(one.pause()).toBe(1_000);
  });
});
