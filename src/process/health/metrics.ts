import { collectDefaultMetrics, Registry } from "prom-client";
import { botMetrics, type BotObserver } from "./bot-metrics.ts";
import { commitMetrics } from "./commit-metrics.ts";
import { jobMetrics, type WorkObserver } from "./job-metrics.ts";
import type { CommitObserver } from "../../append-log/append-log.ts";

export type Observer = BotObserver & WorkObserver & CommitObserver;

interface Metrics {
  registry: Registry;
  observe: Observer;
}

/** What a process counts and measures, itself among it. No label holds an id, a name or a text. */
export function newMetrics({ now }: { now: () => number }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const observe = { ...botMetrics(registry), ...jobMetrics(registry, now), ...commitMetrics(registry) };
  return { registry, observe };
}
