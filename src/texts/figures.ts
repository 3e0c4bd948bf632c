/** How a language writes figures. */
export interface Figures {
  number: (value: number) => string;
  /** With two digits after the point. */
  ratio: (value: number) => string;
  /** A share in per cent; less than 1 % but not none, and more than 99 % but not all, are told as such. */
  share: (part: number, whole: number) => string;
  /** Day and month, in UTC. */
  day: (date: Date) => string;
}

/** @param tag of BCP 47, such as "en-US" */
export function figuresIn(tag: string): Figures {
  const number = new Intl.NumberFormat(tag);
  const ratio = new Intl.NumberFormat(tag, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "negative",
  });
  const percent = new Intl.NumberFormat(tag, { style: "percent" });
  const day = new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" });
  return {
    number: (value) => number.format(value),
    ratio: (value) => ratio.format(value),
    share(part, whole) {
      if (part <= 0 || whole <= 0) return percent.format(0);
      if (part >= whole) return percent.format(1);
      const exact = part / whole;
      if (exact < 0.01) return `<${percent.format(0.01)}`;
      return exact > 0.99 ? `>${percent.format(0.99)}` : percent.format(exact);
    },
    day: (date) => day.format(date),
  };
}
