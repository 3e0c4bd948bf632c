import Papa from "papaparse";
import type { Label, Question } from "../../labeling/question.ts";

/** A line of a file of gold answers. */
export interface GoldLine {
  /** Number of the line in the file, from 1. */
  line: number;
  /** The image as the file names it. */
  image: string;
  label: Label;
}

interface ReadGold {
  lines: GoldLine[];
  /** What is wrong with the other lines, by their numbers. */
  mistakes: Map<number, string>;
}

/**
 * Reads a CSV file with the columns `image` and `label`; others are ignored. A label is a number, or a name in any case.
 * @returns the reason, if the file has not both columns
 */
export function readGold(text: string, question: Pick<Question, "labels">): ReadGold | string {
  const [header, ...rows] = numberedRows(text.replace(/^\uFEFF/, ""));
  const names = (header?.fields ?? []).map((name) => name.trim().toLowerCase());
  const [image, label] = [names.indexOf("image"), names.indexOf("label")];
  if (image === -1 || label === -1)
    return "its first line must name the columns image and label: image,label";
  const lines: GoldLine[] = [];
  const mistakes = new Map<number, string>();
  for (const { line, fields } of rows) {
    if (fields.every((field) => field.trim() === "")) continue;
    const [named = "", answer = ""] = [fields[image]?.trim(), fields[label]?.trim()];
    const found = findLabel(answer, question);
    if (named === "")
      mistakes.set(line, "the image is missing: its name in the set, or its path as it was imported");
    else if (found === undefined)
      mistakes.set(
        line,
        `${answer === "" ? "the label is missing" : `there is no label ${JSON.stringify(answer)}`}: ${accepted(question)}`,
      );
    else lines.push({ line, image: named, label: found });
  }
  return { lines, mistakes };
}

/** Splits CSV into rows with the number of the line that each begins in. A quoted field may contain line breaks. */
function numberedRows(text: string): { line: number; fields: string[] }[] {
  let line = 1;
  return Papa.parse<string[]>(text, { delimitersToGuess: [",", ";", "\t"] }).data.map((fields) => {
    const row = { line, fields };
    line += 1 + fields.reduce((breaks, field) => breaks + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return row;
  });
}

/** Finds a label by its number, or else by its name. A name of which another label has the number means that other label. */
function findLabel(text: string, { labels }: Pick<Question, "labels">): Label | undefined {
  if (/^\d$/.test(text) && Number(text) < labels.length) return Number(text);
  const isNamed = (name: string): boolean => name.trim().toLowerCase() === text.toLowerCase();
  return [labels.indexOf(text), labels.findIndex(isNamed)].find((label) => label !== -1);
}

/** Says which labels a file may have. */
function accepted({ labels }: Pick<Question, "labels">): string {
  return labels.map((name, label) => `${label} or ${JSON.stringify(name)}`).join("; ");
}
