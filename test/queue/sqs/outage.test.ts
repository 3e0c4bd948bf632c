import { describe, expect, it } from "vitest";
import { outage } from "../../../src/queue/sqs/outage.ts";
import { memoryLog } from "../../logged.ts";

describe("an outage", () => {
  it("is waited out in pauses that double, from half a second to 20", () => {
    const trouble = outage(memoryLog().log, () => 0.999_999);
    const pauses = Array.from({ length: 8 }, () => Math.round(trouble.failed(new Error("no"))));
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it("has pauses that are by chance half as long", () => {
    expect(outage(memoryLog().log, () => 0).failed(new Error("no"))).toBe(250);
  });

  it("begins and ends once in the log", () => {
    const { log, logged } = memoryLog();
    const trouble = outage(log, () => 0);
    trouble.succeeded();
    trouble.failed(new Error("no"));
    trouble.failed(new Error("no"));
    expect(trouble.lasting()).toBe(true);
    trouble.succeeded();
    trouble.succeeded();
    expect(trouble.lasting()).toBe(false);
    expect(logged().trim().split("\n")).toEqual([
      expect.stringContaining("trying again until it works"),
      expect.stringContaining("jobs can be received again"),
    ]);
  });
});
