import {
  figuresFrom,
  medianFigure,
  percentile,
  ratios,
  zeroFigure,
  type Figure,
} from "../harness/figures.ts";

/** A client that only acknowledges, and our bot. */
export const BOTS = ["bare", "bot"] as const;
export type BotName = (typeof BOTS)[number];

/** The results of one bot at one rate in one round. */
export interface Measurement {
  bot: BotName;
  /** Interactions per second. */
  rate: number;
  /** Milliseconds to the acknowledgement of each interaction. */
  latencies: readonly number[];
  /** Number of interactions acknowledged in time. */
  accepted: number;
  /** Number of acknowledgements that Discord refused as too late. */
  late: number;
  /** CPU milliseconds of the bot's process per interaction. */
  cpu: number;
  /** CPU milliseconds of the local Discord's process per interaction. */
  discordCpu: number;
}

/** The rate whose p99 has a goal. At the other rates a round has only 36 or 360 interactions, too few for a p99 ratio. */
const GOAL_RATE = 200;

/** Percentiles are taken per round, so that the median ignores a round in which the machine paused. */
export function acknowledgementFigures(measurements: readonly Measurement[]): Figure[] {
  const roundsOf = (bot: BotName, rate: number): Measurement[] =>
    measurements.filter((one) => one.bot === bot && one.rate === rate);
  const percentilesOf = (bot: BotName, rate: number, share: number): number[] =>
    roundsOf(bot, rate).map(({ latencies }) => percentile(latencies, share));
  const rates = [...new Set(measurements.map(({ rate }) => rate))];
  const maxRate = Math.max(...rates);
  const figuresOf = (bot: BotName) => figuresFrom(roundsOf(bot, maxRate));
  const cpuOf = (bot: BotName): number[] => roundsOf(bot, maxRate).map(({ cpu }) => cpu);
  const cpuAt = `CPU time at ${maxRate}/s`;
  return [
    ...rates.flatMap((rate) => {
      const at = `acknowledgement at ${rate}/s`;
      const [bare50, bot50] = [percentilesOf("bare", rate, 0.5), percentilesOf("bot", rate, 0.5)];
      const [bare99, bot99] = [percentilesOf("bare", rate, 0.99), percentilesOf("bot", rate, 0.99)];
      return [
        medianFigure(`${at}, bare client, p50`, bare50, "ms"),
        medianFigure(`${at}, bot, p50`, bot50, "ms"),
        medianFigure(`${at}, p50, bot ÷ bare client`, ratios(bot50, bare50), "×"),
        medianFigure(`${at}, bare client, p99`, bare99, "ms"),
        medianFigure(`${at}, bot, p99`, bot99, "ms"),
        ...(rate === GOAL_RATE
          ? [medianFigure(`${at}, p99, bot ÷ bare client`, ratios(bot99, bare99), "×", { atMost: 1.5 })]
          : []),
      ];
    }),
    figuresOf("bare")(`${cpuAt}, bare client`, ({ cpu }) => cpu, "ms/interaction"),
    figuresOf("bot")(`${cpuAt}, bot`, ({ cpu }) => cpu, "ms/interaction"),
    medianFigure(`${cpuAt}, bot ÷ bare client`, ratios(cpuOf("bot"), cpuOf("bare")), "×", { atMost: 1.25 }),
    figuresOf("bot")(`${cpuAt}, local Discord`, ({ discordCpu }) => discordCpu, "ms/interaction"),
    zeroFigure(
      "late acknowledgements",
      rates.flatMap((rate) => roundsOf("bot", rate).map(({ late }) => late)),
      "interactions",
    ),
  ];
}
