import type { APIModalSubmitInteraction } from "discord-api-types/v10";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import { batchPerFrame } from "../../page/server/batch-per-frame.ts";
import { eventOf } from "../../page/traffic/event-of.ts";
import { findOpener } from "../../page/traffic/replay-submit.ts";
import { filterTraffic, isProblem, isUnknownRoute } from "../../page/traffic/filter.ts";

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

describe("a request to the interactions endpoint", () => {
  const sent = (more: Partial<TrafficEntry>): TrafficEntry => {
    return { id: 1, at: 0, kind: "endpoint", title: "POST http://127.0.0.1:3000/", ...more };
  };

  it("is a problem only if the answer is not usable", () => {
    const refused = sent({ status: 401, forged: true });
    const failed = sent({ status: 404, problem: "answered 404 Not Found" });
    expect([refused, failed].map(isProblem)).toEqual([false, true]);
    expect([refused, failed].filter(isUnknownRoute)).toEqual([]);
    expect(filterTraffic([refused, failed], "rest", "")).toHaveLength(2);
    expect(filterTraffic([refused, failed], "gateway", "")).toEqual([]);
    expect(filterTraffic([refused, failed], "all", "not found")).toEqual([failed]);
  });

  it("counts as the event of its interaction", () => {
    const entry = sent({ response: { id: "7", type: 2 } });
    expect(eventOf(entry, "INTERACTION_CREATE")).toEqual({ id: "7", type: 2 });
    expect(eventOf(entry, "MESSAGE_CREATE")).toBeNull();
    const user = { id: "1" };
    const opener = { id: "7", type: 2, user };
    const submit = { id: "8", type: 5, user, data: { custom_id: "say" } };
    const request = { type: 9, data: { custom_id: "say" } };
    const entries = [sent({ status: 200, response: opener, request }), sent({ response: submit })];
    expect(findOpener(submit as unknown as APIModalSubmitInteraction, entries)).toEqual(opener);
  });
});
