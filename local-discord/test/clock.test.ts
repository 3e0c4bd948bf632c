import { describe, expect, it } from "vitest";
import { clock } from "../src/state/clock.ts";

describe("the clock", () => {
  it("rings alarms in the order of their times, not in the order in which they were set", () => {
    const time = clock();
    const rung: string[] = [];
    time.after(3_000, () => rung.push("third"));
    time.after(1_000, () => rung.push("first"));
    time.after(2_000, () => rung.push("second"));
    time.advance(2_500);
    expect(rung).toEqual(["first", "second"]);
    time.advance(500);
    expect(rung).toEqual(["first", "second", "third"]);
  });

  it.each([-1, Number.NaN, Infinity])("does not advance by %s", (milliseconds) => {
    expect(() => clock().advance(milliseconds)).toThrow(
      `The clock advances by 0 milliseconds or more, not by ${milliseconds}.`,
    );
  });
});
