import { figureOf, linesOf, neverOf, percentile, ratios, type Figure } from "./report.ts";

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
  const cpuOf = (bot: BotName) => linesOf(roundsOf(bot, highest));
  return [
    ...rates.flatMap((rate) => {
      const at = `acknowledgement at ${rate}/s`;
      const [bare, ours] = [timesOf("bare", rate, 0.5), timesOf("ours", rate, 0.5)];
      const [bare99, ours99] = [timesOf("bare", rate, 0.99), timesOf("ours", rate, 0.99)];
      return [
        figureOf(`${at}, bare, p50`, bare, "ms"),
        figureOf(`${at}, ours, p50`, ours, "ms"),
        figureOf(`${at}, p50, ours ÷ bare`, ratios(ours, bare), "×"),
        figureOf(`${at}, bare, p99`, bare99, "ms"),
        figureOf(`${at}, ours, p99`, ours99, "ms"),
        // At the other rates too few are counted in a round: 36, and 360.
        ...(rate === RATE_OF_GOAL
          ? [figureOf(`${at}, p99, ours ÷ bare`, ratios(ours99, bare99), "×", { atMost: 1.5 })]
          : []),
      ];
    }),
    cpuOf("bare")(`CPU time at ${highest}/s, bare`, ({ cpu }) => cpu, "ms an interaction"),
    cpuOf("ours")(`CPU time at ${highest}/s, ours`, ({ cpu }) => cpu, "ms an interaction"),
    cpuOf("ours")(
      `CPU time at ${highest}/s, local Discord`,
      ({ discordCpu }) => discordCpu,
      "ms an interaction",
    ),
    neverOf(
      "interactions that were acknowledged too late",
      rates.flatMap((rate) => roundsOf("ours", rate).map(({ late }) => late)),
      "interactions",
    ),
  ];
}
