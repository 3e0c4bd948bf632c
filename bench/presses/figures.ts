import { ALTERNATIVE_PRESSES, sumOf, type Outcome } from "./load.ts";
import { figuresFrom, median, zeroFigure, percentile, type Figure } from "../harness/figures.ts";

export interface Round {
  /** As fast as possible, with one worker and with four. */
  burst: [one: Outcome, four: Outcome];
  /** At 200 per second, with one worker and with four. */
  steady: [one: Outcome, four: Outcome];
  /** With four workers and an S3 server. */
  s3: { burst: Outcome; steady: Outcome };
  oneByOne: Outcome;
  unconditional: Outcome;
}

export function pressesFigures(rounds: readonly Round[]): Figure[] {
  const onePutRate = median(rounds.map(({ oneByOne }) => oneByOne.perSecond));
  const all = (pick: (outcome: Outcome) => number): number[] =>
    rounds.map(({ burst, steady, s3 }) => sumOf([...burst, ...steady, s3.burst, s3.steady], pick));

  const line = figuresFrom(rounds);
  return [
    line("durable presses, 1 worker", ({ burst: [one] }) => one.perSecond, "/s", { atLeast: 1_000 }),
    line("durable presses, 4 workers", ({ burst: [, four] }) => four.perSecond, "/s", { atLeast: 1_000 }),
    line("durable presses, one PUT per press", ({ oneByOne }) => oneByOne.perSecond, "/s"),
    line("1 worker ÷ one PUT per press", ({ burst: [one] }) => one.perSecond / onePutRate, "×", {
      atLeast: 60,
    }),
    line("press to confirmation at 200/s, 1 worker, p50", ({ steady: [one] }) => p50(one), "× PUT latency"),
    line("press to confirmation at 200/s, 1 worker, p99", ({ steady: [one] }) => p99(one), "× PUT latency", {
      atMost: 4,
    }),
    line(
      "press to confirmation at 200/s, 4 workers, p50",
      ({ steady: [, four] }) => p50(four),
      "× PUT latency",
    ),
    line(
      "press to confirmation at 200/s, 4 workers, p99",
      ({ steady: [, four] }) => p99(four),
      "× PUT latency",
      {
        atMost: 12,
      },
    ),
    line("S3 server: durable presses, 4 workers", ({ s3 }) => s3.burst.perSecond, "/s"),
    line(
      "S3 server: press to confirmation at 200/s, 4 workers, p50",
      ({ s3 }) => p50(s3.steady),
      "× PUT latency",
    ),
    line(
      "S3 server: press to confirmation at 200/s, 4 workers, p99",
      ({ s3 }) => p99(s3.steady),
      "× PUT latency",
    ),
    zeroFigure(
      "lost presses, worst round",
      all(({ lost }) => lost),
      "presses",
    ),
    zeroFigure(
      "duplicate presses, worst round",
      all(({ duplicates }) => duplicates),
      "presses",
    ),
    line(
      "lost by unconditional read-modify-write, 4 workers",
      ({ unconditional }) => (unconditional.lost / ALTERNATIVE_PRESSES) * 100,
      "%",
    ),
  ];
}

const p50 = ({ latencies }: Outcome): number => percentile(latencies, 0.5);
const p99 = ({ latencies }: Outcome): number => percentile(latencies, 0.99);
