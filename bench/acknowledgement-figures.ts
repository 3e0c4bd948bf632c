import { figureOf, neverOf, type Figure } from "./report.ts";

export const BOTS = ["bare", "ours"] as const;

/** One of the bots at one rate, in one round. */
export interface Measured {
  bot: (typeof BOTS)[number];
  /** Interactions a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Acknowledged in time. */
  accepted: number;
  /** Refused, as it came too late. */
  late: number;
  /** Milliseconds an interaction, of the bot's process and of the local Discord's. */
  cpu: number;
  discordCpu: number;
}

type What = Exclude<keyof Measured, "bot" | "rate">;

/** At which p99 has a goal. */
const RATE_OF_GOAL = 200;

export function acknowledgementFigures(outcomes: readonly Measured[]): Figure[] {
  const of = (bot: Measured["bot"], rate: number, what: What): number[] =>
    outcomes.filter((one) => one.bot === bot && one.rate === rate).map((one) => one[what]);
  const ratio = (rate: number, what: What): number[] => {
    const bare = of("bare", rate, what);
    return of("ours", rate, what).map((one, round) => one / (bare[round] ?? Number.NaN));
  };
  const rates = [...new Set(outcomes.map(({ rate }) => rate))];
  const highest = Math.max(...rates);
  return [
    ...rates.flatMap((rate) => [
      figureOf(`acknowledgement at ${rate}/s, bare, p50`, of("bare", rate, "p50"), "ms"),
      figureOf(`acknowledgement at ${rate}/s, ours, p50`, of("ours", rate, "p50"), "ms"),
      figureOf(`acknowledgement at ${rate}/s, bare, p99`, of("bare", rate, "p99"), "ms"),
      figureOf(`acknowledgement at ${rate}/s, ours, p99`, of("ours", rate, "p99"), "ms"),
      figureOf(
        `acknowledgement at ${rate}/s, p99, ours ÷ bare`,
        ratio(rate, "p99"),
        "×",
        rate === RATE_OF_GOAL ? { atMost: 1.5 } : {},
      ),
    ]),
    figureOf(`CPU time at ${highest}/s, bare`, of("bare", highest, "cpu"), "ms an interaction"),
    figureOf(`CPU time at ${highest}/s, ours`, of("ours", highest, "cpu"), "ms an interaction"),
    figureOf(
      `CPU time at ${highest}/s, local Discord`,
      of("ours", highest, "discordCpu"),
      "ms an interaction",
    ),
    neverOf(
      "interactions that were acknowledged too late",
      rates.flatMap((rate) => of("ours", rate, "late")),
      "interactions",
    ),
  ];
}
