import { DAYS, type Progress } from "../../../labeling/progress.ts";
import type { Texts } from "../../../texts/texts.ts";

/** Lines of the scale above zero, at the most. */
const MOST_TICKS = 3;

/** What stands in the picture, its figures written as the language writes them. */
export interface Chart {
  coverage: {
    title: string;
    images: string;
    /** From the images that most people have labelled to those that nobody has. */
    parts: readonly { count: number; figure: string; share: string; by: string }[];
  };
  perDay: {
    title: string;
    last: string;
    days: readonly Day[];
    /** The first with the most answers; undefined where no day has any. */
    most: Day | undefined;
    /** Round numbers from 0 to what is not below any day. */
    ticks: readonly { value: number; figure: string }[];
    /** For where no day has any. */
    none: string;
  };
}

interface Day {
  answers: number;
  figure: string;
  day: string;
}

export function chartOf({ images, byPeople, days }: Progress, t: Texts["progress"]["chart"]): Chart {
  const [none, one, two, more] = byPeople;
  const labels = [
    [more, t.by.more],
    [two, t.by.two],
    [one, t.by.one],
    [none, t.by.none],
  ] as const;
  const written = days.map(({ day, answers }) => ({ answers, figure: t.number(answers), day: t.day(day) }));
  const highest = Math.max(...written.map(({ answers }) => answers));
  return {
    coverage: {
      title: t.coverage,
      images: t.images(images),
      parts: labels.map(([count, by]) => ({
        count,
        figure: t.number(count),
        share: t.share(count, images),
        by,
      })),
    },
    perDay: {
      title: t.answers,
      last: t.last(DAYS),
      days: written,
      most: highest > 0 ? written.find(({ answers }) => answers === highest) : undefined,
      ticks: ticksTo(highest).map((value) => ({ value, figure: t.number(value) })),
      none: t.noAnswers(DAYS),
    },
  };
}

/** Multiples of 1, 2 or 5 with zeros behind it. */
function ticksTo(highest: number): number[] {
  const zeros = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(highest, 1) / MOST_TICKS)));
  const step = [1, 2, 5, 10].map((digit) => digit * zeros).find((size) => highest / size <= MOST_TICKS);
  const size = step ?? 10 * zeros;
  const count = Math.max(1, Math.ceil(highest / size));
  return Array.from({ length: count + 1 }, (_, index) => index * size);
}

/** The same for those who cannot see it: at most about 700 characters, of 1,024 that Discord allows. */
export function altOf({ coverage, perDay }: Chart, t: Texts["progress"]["alt"]): string {
  const parts = coverage.parts.map(({ figure, by, share }) => t.part(by, figure, share));
  const { title, days, most } = perDay;
  const [from, to] = [days.at(0)?.day ?? "", days.at(-1)?.day ?? ""];
  return [
    t.coverage(coverage.images, parts.join(", ")),
    ...(most === undefined
      ? [`${perDay.none}.`]
      : [
          t.answers(title, from, to, days.map(({ figure }) => figure).join("; ")),
          t.most(most.figure, most.day),
        ]),
  ].join(" ");
}
