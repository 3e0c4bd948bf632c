import { figureOf, neverOf, type Figure } from "./report.ts";

export const BOTS = ["bare", "ours"] as const;

/** One of the bots at one rate, in one round. */
export interface Measured {
  bot: (typeof BOTS)[number];
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

/** Percentiles are those of all rounds together, for one round has too few interactions for a steady p99; their spread is that of the rounds. */
export function acknowledgementFigures(outcomes: readonly Measured[]): Figure[] {
  const roundsOf = (bot: Measured["bot"], rate: number): Measured[] =>
    outcomes.filter((one) => one.bot === bot && one.rate === rate);
  const timeOf = (bot: Measured["bot"], rate: number, share: number): Time => {
    const rounds = roundsOf(bot, rate).map(({ latencies }) => latencies);
    return { all: percentile(rounds.flat(), share), rounds: rounds.map((one) => percentile(one, share)) };
  };
  const rates = [...new Set(outcomes.map(({ rate }) => rate))];
  const highest = Math.max(...rates);
  return [
    ...rates.flatMap((rate) => {
      const bare = timeOf("bare", rate, 0.99);
      const ours = timeOf("ours", rate, 0.99);
      const goal = rate === RATE_OF_GOAL ? { atMost: 1.5 } : {};
      return [
        timeFigure(`acknowledgement at ${rate}/s, bare, p50`, timeOf("bare", rate, 0.5)),
        timeFigure(`acknowledgement at ${rate}/s, ours, p50`, timeOf("ours", rate, 0.5)),
        timeFigure(`acknowledgement at ${rate}/s, bare, p99`, bare),
        timeFigure(`acknowledgement at ${rate}/s, ours, p99`, ours),
        figureOf(
          `acknowledgement at ${rate}/s, p99, ours ÷ bare`,
          ours.rounds.map((one, round) => one / (bare.rounds[round] ?? Number.NaN)),
          "×",
          { ...goal, figure: ours.all / bare.all },
        ),
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

/** A percentile, in milliseconds. */
interface Time {
  all: number;
  rounds: readonly number[];
}

function percentile(latencies: readonly number[], share: number): number {
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function timeFigure(name: string, { all, rounds }: Time): Figure {
  return figureOf(name, rounds, "ms", { figure: all });
}
