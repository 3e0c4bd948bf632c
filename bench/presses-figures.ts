import { OTHERWISE, sumOf, type Outcome } from "./presses-load.ts";
import { linesOf, median, neverOf, percentile, type Figure } from "./report.ts";

export interface Round {
  /** As many as go; with one worker, and with four. */
  burst: [one: Outcome, four: Outcome];
  /** 200 a second, likewise. */
  steady: [one: Outcome, four: Outcome];
  /** With four workers over an S3 server. */
  s3: { burst: Outcome; steady: Outcome };
  oneByOne: Outcome;
  unconditional: Outcome;
}

export function pressesFigures(rounds: readonly Round[]): Figure[] {
  const limit = median(rounds.map(({ oneByOne }) => oneByOne.perSecond));
  const all = (pick: (outcome: Outcome) => number): number[] =>
    rounds.map(({ burst, steady, s3 }) => sumOf([...burst, ...steady, s3.burst, s3.steady], pick));

  const line = linesOf(rounds);
  return [
    line("durable presses, 1 worker", ({ burst: [one] }) => one.perSecond, "/s", { atLeast: 1_000 }),
    line("durable presses, 4 workers", ({ burst: [, four] }) => four.perSecond, "/s", { atLeast: 1_000 }),
    line("durable presses, one PUT each", ({ oneByOne }) => oneByOne.perSecond, "/s"),
    line("1 worker ÷ one PUT each", ({ burst: [one] }) => one.perSecond / limit, "×", { atLeast: 60 }),
    line("press to confirmation at 200/s, 1 worker, p50", ({ steady: [one] }) => p50(one), "PUT times"),
    line("press to confirmation at 200/s, 1 worker, p99", ({ steady: [one] }) => p99(one), "PUT times", {
      atMost: 4,
    }),
    line("press to confirmation at 200/s, 4 workers, p50", ({ steady: [, four] }) => p50(four), "PUT times"),
    line("press to confirmation at 200/s, 4 workers, p99", ({ steady: [, four] }) => p99(four), "PUT times", {
      atMost: 12,
    }),
    line("over an S3 server: durable presses, 4 workers", ({ s3 }) => s3.burst.perSecond, "/s"),
    line("over an S3 server: press to confirmation, p50", ({ s3 }) => p50(s3.steady), "PUT times"),
    line("over an S3 server: press to confirmation, p99", ({ s3 }) => p99(s3.steady), "PUT times"),
    neverOf(
      "lost, worst round",
      all(({ lost }) => lost),
      "presses",
    ),
    neverOf(
      "doubled, worst round",
      all(({ doubled }) => doubled),
      "presses",
    ),
    line(
      "lost by read, append, write, 4 workers",
      ({ unconditional }) => (unconditional.lost / OTHERWISE) * 100,
      "%",
    ),
  ];
}

const p50 = ({ latencies }: Outcome): number => percentile(latencies, 0.5);
const p99 = ({ latencies }: Outcome): number => percentile(latencies, 0.99);
