import type { ExportCounts } from "../../labeling/export-counts.ts";

/** What was written, for whoever runs the export. */
export function summaryOf(names: readonly string[], counts: ExportCounts): string {
  const { images, people, removed, ties, unreadable } = counts;
  const within = [
    ...(images === undefined ? [] : [counted(images, "image")]),
    answersIn(counts),
    ...(people === undefined ? [] : [people === 1 ? "1 person" : `${people} people`]),
  ];
  const without = [
    ...(removed > 0 ? [`${counted(removed, "labelled image")} no longer in the set`] : []),
    ...(ties > 0 ? [`${counted(ties, "image")} of which neither label is likelier`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, "row")} of the label file that cannot be an answer`] : []),
  ];
  const left = without.length === 0 ? "" : `left out: ${without.join("; ")}\n`;
  return `wrote ${names.join(", ")}: ${within.join(", ")}\n${left}`;
}

function answersIn({ answers, given }: ExportCounts): string {
  if (answers === given) return counted(given, "answer");
  return `${answers} of ${counted(given, "answer")} (the last of each person to each image)`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
