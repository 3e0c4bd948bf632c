import { describe, expect, it } from "vitest";
import { readiness } from "../../../src/process/health/readiness.ts";

const good = { check: async () => {} };
const bad = {
  check() {
    throw new Error("it is away");
  },
};
const hanging = { check: () => new Promise<void>(() => {}) };

describe("the readiness of a process", () => {
  it('is "starting" until it has started', async () => {
    const { started, report } = readiness();
    expect(await report()).toEqual({ status: "starting", checks: {} });
    started({ queue: good });
    expect(await report()).toEqual({ status: "ready", checks: { queue: "ok" } });
  });

  it('is "not ready" while a dependency fails, and names it', async () => {
    const { started, report } = readiness();
    started({ gateway: good, queue: bad, store: { check: () => Promise.reject(new TypeError()) } });
    expect(await report()).toEqual({
      status: "not ready",
      checks: { gateway: "ok", queue: "it is away", store: "TypeError" },
    });
  });

  it('is "not ready" after a deadline while a check hangs, which is aborted', async () => {
    const { started, report } = readiness({ checkDeadlineMs: 20 });
    let aborted: AbortSignal | undefined;
    const store = {
      check(signal: AbortSignal) {
        aborted = signal;
        return hanging.check();
      },
    };
    started({ queue: good, store });
    const { checks } = await report();
    expect(checks).toEqual({ queue: "ok", store: "no result within 0.02 s" });
    expect(aborted?.aborted).toBe(true);
  });

  it("is checked once for requests at the same time or soon after", async () => {
    let looks = 0;
    const { started, report } = readiness({ reportMaxAgeMs: 60_000 });
    started({ queue: { check: () => void (looks += 1) } });
    await Promise.all([report(), report()]);
    await report();
    expect(looks).toBe(1);
  });

  it('is "ready" again at the next check after a dependency recovers', async () => {
    let away = true;
    const { started, report } = readiness({ reportMaxAgeMs: 0 });
    started({ queue: { check: () => (away ? bad.check() : undefined) } });
    expect((await report()).status).toBe("not ready");
    away = false;
    await expect.poll(async () => (await report()).status).toBe("ready");
  });

  it('is "stopping" at once when the process stops, also for requests in progress', async () => {
    const answered = Promise.withResolvers<void>();
    const { started, stopping, report } = readiness();
    started({ queue: { check: () => answered.promise } });
    const waiting = report();
    stopping();
    expect(await report()).toEqual({ status: "stopping", checks: {} });
    answered.resolve();
    expect(await waiting).toEqual({ status: "stopping", checks: {} });
  });

  it("contains no secret", async () => {
    const { started, report } = readiness();
    const away = new Error("no answer from https://discord.com/api/webhooks/1/a-secret/messages");
    started({ gateway: { check: () => Promise.reject(away) } });
    expect(JSON.stringify(await report())).not.toContain("a-secret");
  });
});
