import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import { batchPerFrame } from "../../page/server/batch-per-frame.ts";
import { filterTraffic, isUnknownRoute } from "../../page/traffic/filter.ts";

describe("events", () => {
  it("that arrive within a frame are handed on at once and in order, and dropped at the end", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const taken: number[] = [];
    const frames = batchPerFrame<number>((one) => void taken.push(one));
    for (const one of [1, 2, 3]) frames.add(one);
    expect(taken).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(taken).toEqual([1, 2, 3]);
    frames.add(4);
    frames.end();
    vi.advanceTimersByTime(20);
    expect(taken).toEqual([1, 2, 3]);
  });
});

describe("the filter", () => {
  const entry = (title: string, more: Partial<TrafficEntry>): TrafficEntry => {
    return { id: 1, at: 0, kind: "rest", title, status: 200, ...more };
  };
  const entries = [
    entry("MESSAGE_CREATE", { kind: "gateway-out", response: { d: { content: "Hello" } } }),
    entry("POST /a", { request: { content: "hello" } }),
    entry("GET /nope", { status: 404, response: { code: 0, message: "404: Not Found" } }),
    entry("GET /gone", { status: 404, response: { code: 10_008, message: "Unknown Message" } }),
  ];
  const titles = (...by: [Parameters<typeof filterTraffic>[1], string]) =>
    filterTraffic(entries, ...by).map(({ title }) => title);

  it("searches titles and bodies, and selects kinds", () => {
    expect(titles("all", "hello")).toEqual(["MESSAGE_CREATE", "POST /a"]);
    expect(titles("gateway", "")).toEqual(["MESSAGE_CREATE"]);
    expect(titles("rest", "post")).toEqual(["POST /a"]);
    expect(titles("problems", "")).toEqual(["GET /nope", "GET /gone"]);
    expect(entries.filter(isUnknownRoute).map(({ title }) => title)).toEqual(["GET /nope"]);
  });
});
