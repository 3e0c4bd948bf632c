import { figureOf, neverOf, type Figure } from "./report.ts";

export const BOTS = ["bare", "ours"] as const;
export type BotName = (typeof BOTS)[number];

/** One of the bots at one rate, in one round. */
export interface Measured {
  bot: BotName;
  /** Interactions a second. */
  rate: number;
  /** Milliseconds, of each interaction. */
  latencies: readonly number[];
  /** Acknowledged in time. */
  accepted: number;
  /** Refused, as it came too late. */
  late: number;
  /** Milliseconds an interaction, of the bot's process and of the local Discord's. */
  cpu: number;
  discordCpu: number;
}

/** At which p99 has a goal. */
const RATE_OF_GOAL = 200;

/** Percentiles are those of each round; what a pause of the machine's has met in one of them is passed over by the median. */
export function acknowledgementFigures(outcomes: readonly Measured[]): Figure[] {
  const roundsOf = (bot: BotName, rate: number): Measured[] =>
    outcomes.filter((one) => one.bot === bot && one.rate === rate);
  const timesOf = (bot: BotName, rate: number, share: number): number[] =>
    roundsOf(bot, rate).map(({ latencies }) => percentile(latencies, share));
  const rates = [...new Set(outcomes.map(({ rate }) => rate))];
  const highest = Math.max(...rates);
  return [
    ...rates.flatMap((rate) => {
      const bare = timesOf("bare", rate, 0.99);
      const ours = timesOf("ours", rate, 0.99);
      const ratios = ours.map((one, round) => one / (bare[round] ?? Number.NaN));
      const goal = rate === RATE_OF_GOAL ? { atMost: 1.5 } : {};
      return [
        figureOf(`acknowledgement at ${rate}/s, bare, p50`, timesOf("bare", rate, 0.5), "ms"),
        figureOf(`acknowledgement at ${rate}/s, ours, p50`, timesOf("ours", rate, 0.5), "ms"),
        figureOf(`acknowledgement at ${rate}/s, bare, p99`, bare, "ms"),
        figureOf(`acknowledgement at ${rate}/s, ours, p99`, ours, "ms"),
        figureOf(`acknowledgement at ${rate}/s, p99, ours ÷ bare`, ratios, "×", goal),
      ];
    }),
    figureOf(
      `CPU time at ${highest}/s, bare`,
      roundsOf("bare", highest).map(({ cpu }) => cpu),
      "ms an interaction",
    ),
    figureOf(
      `CPU time at ${highest}/s, ours`,
      roundsOf("ours", highest).map(({ cpu }) => cpu),
      "ms an interaction",
    ),
    figureOf(
      `CPU time at ${highest}/s, local Discord`,
      roundsOf("ours", highest).map(({ discordCpu }) => discordCpu),
      "ms an interaction",
    ),
    neverOf(
      "interactions that were acknowledged too late",
      rates.flatMap((rate) => roundsOf("ours", rate).map(({ late }) => late)),
      "interactions",
    ),
  ];
}

function percentile(latencies: readonly number[], share: number): number {
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
