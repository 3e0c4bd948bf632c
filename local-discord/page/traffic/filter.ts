import type { TrafficEntry } from "../../src/client-protocol.ts";

export const kinds = ["all", "gateway", "rest", "problems"] as const;

export type Kind = (typeof kinds)[number];

/** Returns the entries of this kind that contain a text, in their title or bodies. */
export function filterTraffic(
  entries: readonly TrafficEntry[],
  kind: Kind,
  text: string,
): readonly TrafficEntry[] {
  const sought = text.trim().toLowerCase();
  return entries.filter((entry) => isOf(entry, kind) && (sought === "" || textOf(entry).includes(sought)));
}

function isOf(entry: TrafficEntry, kind: Kind): boolean {
  if (kind === "problems") return isProblem(entry);
  return kind === "all" || entry.kind.startsWith("gateway") === (kind === "gateway");
}

/** Whether an entry is a request with an error response, without a response, or with one that is not usable. */
export function isProblem({ kind, status, problem }: TrafficEntry): boolean {
  if (kind === "endpoint") return problem !== undefined;
  return kind === "rest" && (status === undefined || status >= 400);
}

/** Whether the local Discord has no such route. Errors of existing routes have a code other than 0. */
export function isUnknownRoute({ kind, status, response }: TrafficEntry): boolean {
  if (kind !== "rest") return false;
  const coded =
    typeof response === "object" && response !== null && "code" in response && response.code !== 0;
  return status === 501 || (status === 404 && !coded);
}

const texts = new WeakMap<TrafficEntry, string>();

function textOf(entry: TrafficEntry): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const { title, status, problem, request, response } = entry;
  const text = [title, status, problem, JSON.stringify(request), JSON.stringify(response)]
    .join(" ")
    .toLowerCase();
  texts.set(entry, text);
  return text;
}
