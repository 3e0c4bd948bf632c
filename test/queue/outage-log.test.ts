import { expect, it } from "vitest";
import { outageLog } from "../../src/queue/outage-log.ts";
import { memoryLog } from "../memory-log.ts";

it("an outage is logged once when it begins and once when it ends", () => {
  const { log, logged } = memoryLog();
  const outage = outageLog(log, { began: "it is away", ended: "it is back" });
  outage.recovered();
  expect(outage.failed(new Error("no"))).toBe(1);
  expect(outage.failed(new Error("no"))).toBe(2);
  expect(outage.isOngoing()).toBe(true);
  outage.recovered();
  outage.recovered();
  expect(outage.isOngoing()).toBe(false);
  expect(logged().trim().split("\n")).toEqual([
    expect.stringContaining("it is away"),
    expect.stringContaining("it is back"),
  ]);
});
