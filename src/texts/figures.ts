/**
 * The forms of a noun, or of a longer phrase, by Unicode's plural categories: English has `one` and `other`, Polish also `few` and
 * `many`. `other` is used for those that are missing.
 * @see https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
export type Noun = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Formats numbers and dates as a language writes them. */
export interface Figures {
  number: (value: number) => string;
  /** Formats a number with its noun, in the form that the number takes. */
  counted: (count: number, noun: Noun) => string;
  /** Formats a number with two decimals. */
  ratio: (value: number) => string;
  /** Formats a share in percent. Only 0 is "0%" and only everything is "100%"; in between, "<1%" and ">99%" are the extremes. */
  share: (part: number, whole: number) => string;
  /** Formats the day and month, in UTC. */
  day: (date: Date) => string;
}

/**
 * Creates each formatter when it is first needed: together they load 9 MB of tables, which most processes never need.
 * @param tag BCP 47 language tag, such as "en-US"
 */
export function figuresIn(tag: string): Figures {
  const plural = once(() => new Intl.PluralRules(tag));
  const number = once(() => new Intl.NumberFormat(tag));
  const ratio = once(
    () =>
      new Intl.NumberFormat(tag, {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
        signDisplay: "negative",
      }),
  );
  const percent = once(() => new Intl.NumberFormat(tag, { style: "percent" }));
  const day = once(() => new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" }));
  return {
    number: (value) => number().format(value),
    counted: (count, noun) => `${number().format(count)} ${noun[plural().select(count)] ?? noun.other}`,
    ratio: (value) => ratio().format(value),
    share(part, whole) {
      if (part <= 0 || whole <= 0) return percent().format(0);
      if (part >= whole) return percent().format(1);
      const exact = part / whole;
      if (exact < 0.01) return `<${percent().format(0.01)}`;
      return exact > 0.99 ? `>${percent().format(0.99)}` : percent().format(exact);
    },
    day: (date) => day().format(date),
  };
}

function once<T>(create: () => T): () => T {
  let created: T | undefined;
  return () => (created ??= create());
}
