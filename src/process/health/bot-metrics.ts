import { Counter, Histogram, type Registry } from "prom-client";
import type { GatewayObserver } from "../../bot/gateway.ts";
import type { RequestObserver, RequestOutcome } from "../../bot/dispatch.ts";

export type BotObserver = GatewayObserver & RequestObserver;

const REQUEST_OUTCOMES: readonly RequestOutcome[] = [
  "queued",
  "replied",
  "refused",
  "not_accepted",
  "gone",
  "failed",
];

/** Seconds; Discord waits for 3. */
const ACKNOWLEDGEMENT_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];

export function botMetrics(registry: Registry): BotObserver {
  const registers = [registry];
  const requests = new Counter({
    name: "hotdog_requests_total",
    help: "Interactions, and messages with images, by what became of them",
    labelNames: ["from", "outcome"],
    registers,
  });
  const acknowledgement = new Histogram({
    name: "hotdog_acknowledgement_seconds",
    help: "From the arrival of an interaction until its acknowledgement is answered, by the kind of its job",
    labelNames: ["kind"],
    buckets: ACKNOWLEDGEMENT_BUCKETS,
    registers,
  });
  const reconnects = new Counter({
    name: "hotdog_gateway_reconnects_total",
    help: "Outages of the connection to the gateway, each counted once",
    registers,
  });
  const resumes = new Counter({
    name: "hotdog_gateway_resumes_total",
    help: "Sessions of the gateway that went on after that",
    registers,
  });
  // From nothing to one is a rise only where there was a zero before.
  for (const from of ["interaction", "message"])
    for (const outcome of REQUEST_OUTCOMES) requests.inc({ from, outcome }, 0);

  return {
    requested: (from, outcome) => requests.inc({ from, outcome }),
    acknowledged: (kind, milliseconds) => acknowledgement.observe({ kind }, milliseconds / 1_000),
    gatewayLost: () => reconnects.inc(),
    gatewayResumed: () => resumes.inc(),
  };
}
