import type { Question } from "../labeling/question.ts";
import type { ExportFile } from "./export-file.ts";

/**
 * Makes question.json, which names the labels of an export that has only their numbers. The exports of the built-in
 * question keep the files they have always had.
 */
export function questionFiles({ builtIn, text, labels, offersUnsure }: Question): ExportFile[] {
  if (builtIn !== undefined) return [];
  const content = { question: text, labels, offers_unsure: offersUnsure };
  const json = `${JSON.stringify(content, undefined, 2)}\n`;
  return [{ name: "question.json", contentType: "application/json", text: [json] }];
}
