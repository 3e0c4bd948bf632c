import type { RequestResult } from "./verify.ts";
import type { VisibleState } from "./visible-state.ts";

/** One line for people, such as "240 stats accepted = 240 answers = 240 logs". */
export function summarize(items: readonly RequestResult[]): string {
  const stats = items.filter(({ request }) => request.kind === "stats");
  const presses = items.filter(({ request }) => request.kind === "press");
  const uploads = items.filter(({ request }) => request.kind === "upload");
  const countState = (state: VisibleState): number => items.filter((item) => item.state === state).length;
  const others = [
    [countState("notAccepted"), "reported as not accepted"],
    [countState("unacknowledged"), "failed visibly"],
    [countState("thinking"), "still thinking"],
    [countState("refused"), "refused"],
    [items.filter(({ deadLettered }) => deadLettered).length, "dead letters"],
  ] as const;
  return [
    chain(stats, ["stats accepted", "answers", "logs"]),
    chain(presses, ["presses accepted", "confirmed", "rows"]),
    chain(uploads, ["uploads accepted", "answers", "rows"]),
    ...others.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
  ].join("; ");
}

/** @param names what the accepted, answered and stored requests are called */
function chain(items: readonly RequestResult[], names: readonly [string, string, string]): string {
  const counts = [
    items.filter(({ accepted }) => accepted).length,
    items.filter(({ state }) => state === "answered").length,
    items.filter(({ stored }) => stored).length,
  ];
  const texts = counts.map((count, index) => `${count} ${names[index]}`);
  return texts.join(new Set(counts).size === 1 ? " = " : ", ");
}
