import { PROGRESS_DAYS, type Progress } from "../../labeling/progress.ts";
import type { Texts } from "../../texts/texts.ts";

/** Grid lines above zero. */
const MAX_TICKS = 3;

export type Chart = ReturnType<typeof progressChart>;

/** What the picture shows, with figures written as the language writes them. */
export function progressChart(
  { images, settled, open, untouched, ...progress }: Progress,
  t: Texts["progress"]["chart"],
) {
  const part = (count: number, name: string) => ({
    count,
    figure: t.number(count),
    share: t.share(count, images),
    name,
  });
  const days = progress.days.map(({ day, answers }) => ({
    answers,
    figure: t.number(answers),
    day: t.day(day),
  }));
  const highest = Math.max(...days.map(({ answers }) => answers));
  return {
    coverage: {
      title: t.coverage,
      images: t.images(images),
      /** From the images that are done to those that nobody has labeled. */
      parts: [part(settled, t.parts.settled), part(open, t.parts.open), part(untouched, t.parts.untouched)],
    },
    perDay: {
      title: t.answers,
      last: t.last(PROGRESS_DAYS),
      days,
      /** The first day with the most answers; undefined when no day has any. */
      most: highest > 0 ? days.find(({ answers }) => answers === highest) : undefined,
      ticks: roundTicks(highest).map((value) => ({ value, figure: t.number(value) })),
      /** What to say when no day has any answers. */
      none: t.noAnswers(PROGRESS_DAYS),
    },
  };
}

/** Multiples of 1, 2 or 5 times a power of ten, from 0 to at least `highest`. */
function roundTicks(highest: number): number[] {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(highest, 1) / MAX_TICKS)));
  const size =
    [1, 2, 5].map((digit) => digit * power).find((step) => highest / step <= MAX_TICKS) ?? 10 * power;
  const count = Math.max(1, Math.ceil(highest / size));
  return Array.from({ length: count + 1 }, (_, index) => index * size);
}

/** Says the same for people who cannot see the picture, in about 700 of the 1,024 characters that Discord allows. */
export function chartAltText({ coverage, perDay }: Chart, t: Texts["progress"]["alt"]): string {
  const parts = coverage.parts.map(({ figure, name, share }) => t.part(name, figure, share));
  const { title, days, most } = perDay;
  const [from, to] = [days.at(0)?.day ?? "", days.at(-1)?.day ?? ""];
  const answers = t.answers(title, from, to, days.map(({ figure }) => figure).join("; "));
  const ending = most === undefined ? `${perDay.none}.` : `${answers} ${t.most(most.figure, most.day)}`;
  return `${t.coverage(coverage.images, parts.join(", "))} ${ending}`;
}
