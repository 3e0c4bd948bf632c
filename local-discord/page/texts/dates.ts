import type { TimestampStyle } from "../markdown/tree.ts";
import { type Language, textsOf } from "./language.ts";

/** Discord's letters for date and time formats; `s` is a short date with a time. */
type Style = Exclude<TimestampStyle, "R"> | "s";

/** Created once per language, because creating a formatter takes longer than rendering a message. */
const formatters = new Map<Language, Record<Style, Intl.DateTimeFormat>>();

function formattersFor(language: Language): Record<Style, Intl.DateTimeFormat> {
  const earlier = formatters.get(language);
  if (earlier !== undefined) return earlier;
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const made = {
    t: make({ timeStyle: "short" }),
    T: make({ timeStyle: "medium" }),
    d: make({ dateStyle: "short" }),
    D: make({ dateStyle: "long" }),
    f: make({ dateStyle: "long", timeStyle: "short" }),
    F: make({ dateStyle: "full", timeStyle: "short" }),
    s: make({ dateStyle: "short", timeStyle: "short" }),
  };
  formatters.set(language, made);
  return made;
}

/** Formats "7:35 PM". */
export function timeOfDay(at: number, language: Language): string {
  return format(at, language, "t");
}

/** Formats "November 21, 2026", the text of a divider. */
export function dayOf(at: number, language: Language): string {
  return format(at, language, "D");
}

/** Formats the time beside an author's name: "7:35 PM" today, "Yesterday at 7:35 PM", or else date and time. */
export function sentAt(at: number, now: number, language: Language): string {
  const time = timeOfDay(at, language);
  const texts = textsOf(language);
  if (isSameDay(at, now)) return time;
  if (isSameDay(at, dayBefore(now))) return texts.yesterdayAt(time);
  return format(at, language, "s");
}

/** Formats "Friday, November 21, 2026 at 7:35 PM". */
export function inFull(at: number, language: Language): string {
  return format(at, language, "F");
}

const toTheMillisecond = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** Formats "19:35:07.042", the time of a traffic entry. */
export function exactTime(at: number): string {
  return `${toTheMillisecond.format(at)}.${String(at % 1000).padStart(3, "0")}`;
}

/** Formats a timestamp of a message, `<t:…:style>`. */
export function inStyle(at: number, now: number, style: TimestampStyle, language: Language): string {
  return style === "R" ? relative(at, now, language) : format(at, language, style);
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function relative(at: number, now: number, language: Language): string {
  const seconds = Math.round((at - now) / 1000);
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language).format(Math.trunc(seconds / length), unit);
}

function format(at: number, language: Language, style: Style): string {
  return formattersFor(language)[style].format(at);
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function dayBefore(at: number): number {
  const date = new Date(at);
  return date.setDate(date.getDate() - 1);
}
