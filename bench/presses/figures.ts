import { ALTERNATIVE_PRESSES, sumOf, type Outcome } from "./load.ts";
import { figuresFrom, median, zeroFigure, percentile, type Figure } from "../harness/figures.ts";

const STEADY = "press to confirmation at 200/s";
const PUTS = "× PUT latency";

export interface Round {
  /** As fast as possible, with one worker and with four. */
  burst: [one: Outcome, four: Outcome];
  /** At 200 per second. */
  steady: { one: Outcome; four: Outcome; eight: Outcome };
  /** At 200 per second, in the second and a half after one of four workers was killed. */
  killed: Outcome;
  /** With four workers and an S3 server. */
  s3: { burst: Outcome; steady: Outcome };
  oneByOne: Outcome;
  unconditional: Outcome;
}

export function pressesFigures(rounds: readonly Round[]): Figure[] {
  const onePutRate = median(rounds.map(({ oneByOne }) => oneByOne.perSecond));
  const all = (pick: (outcome: Outcome) => number): number[] =>
    rounds.map(({ burst, steady, killed, s3 }) =>
      sumOf([...burst, ...Object.values(steady), killed, s3.burst, s3.steady], pick),
    );

  const line = figuresFrom(rounds);
  return [
    line("durable presses, 1 worker", ({ burst: [one] }) => one.perSecond, "/s", { atLeast: 1_000 }),
    line("durable presses, 4 workers", ({ burst: [, four] }) => four.perSecond, "/s", { atLeast: 1_000 }),
    line("durable presses, one PUT per press", ({ oneByOne }) => oneByOne.perSecond, "/s"),
    line("1 worker ÷ one PUT per press", ({ burst: [one] }) => one.perSecond / onePutRate, "×", {
      atLeast: 60,
    }),
    line(`${STEADY}, 1 worker, p50`, ({ steady }) => p50(steady.one), PUTS),
    line(`${STEADY}, 1 worker, p99`, ({ steady }) => p99(steady.one), PUTS, { atMost: 4 }),
    line(`${STEADY}, 4 workers, p50`, ({ steady }) => p50(steady.four), PUTS, { atMost: 3.5 }),
    line(`${STEADY}, 4 workers, p99`, ({ steady }) => p99(steady.four), PUTS, { atMost: 6.5 }),
    line("PUTs lost to another worker at 200/s, 4 workers", ({ steady }) => steady.four.lostPuts, "/s", {
      atMost: 0.8,
    }),
    line(`${STEADY}, 8 workers, p50`, ({ steady }) => p50(steady.eight), PUTS),
    line(`${STEADY}, 8 workers, p99`, ({ steady }) => p99(steady.eight), PUTS, { atMost: 10 }),
    line("PUTs lost to another worker at 200/s, 8 workers", ({ steady }) => steady.eight.lostPuts, "/s"),
    line(
      "killed: 1 of 4 workers at 200/s, the next 1.5 s of the others, p99",
      ({ killed }) => p99(killed),
      PUTS,
      {
        atMost: 8,
      },
    ),
    line("S3 server: durable presses, 4 workers", ({ s3 }) => s3.burst.perSecond, "/s"),
    line(`S3 server: ${STEADY}, 4 workers, p50`, ({ s3 }) => p50(s3.steady), PUTS),
    line(`S3 server: ${STEADY}, 4 workers, p99`, ({ s3 }) => p99(s3.steady), PUTS, { atMost: 8 }),
    line("S3 server: PUTs lost to another worker at 200/s", ({ s3 }) => s3.steady.lostPuts, "/s"),
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
