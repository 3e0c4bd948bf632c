import type { Language } from "./language.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Formats a size, as in 1536 → "1.5 kB". Like Discord, it counts in steps of 1024. */
export function fileSize(bytes: number, language: Language): string {
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1024 ** step);
}
