import type { Question } from "../../labeling/question.ts";

/** What a dataset card says about its question, in Markdown. */
export interface CardWording {
  title: string;
  /** The title as a value in YAML. */
  yamlTitle: string;
  /** What the images with each label are called, in the order of the table. */
  counted: readonly (readonly [name: string, label: number])[];
  /** Completes "labeled images for which". */
  tie: string;
  /** How the labels were made. */
  method: string;
  /** The columns that depend on the question, with their meaning. */
  columns: readonly (readonly [name: string, meaning: string])[];
  /** The meaning of the column `settled`. */
  settled: string;
}

const SETTLED =
  "whether the image needs no more answers: its label is sure enough and two people agree on it, or there are 7 answers";

/** The wording of the built-in question. */
export function hotdogWording({ method }: { method: string }): CardWording {
  return {
    title: "Hot dog or not",
    yamlTitle: "Hot dog or not",
    counted: [
      ["hot dogs (1)", 1],
      ["other images (0)", 0],
    ],
    tie: "both labels are equally likely",
    method: `Members of Discord servers saw four images at a time, without the answers of other people, and pressed one of two buttons for
each image: 0, not a hot dog, or 1, a hot dog. A person's last answer to an image counts.

${method}`,
    columns: [
      ["label", "0: not a hot dog; 1: a hot dog"],
      ["probability", "the probability from 0 to 1 that the image is a hot dog"],
      ...voteColumns(["0", "1"]),
    ],
    settled: SETTLED,
  };
}

/** The wording of a question that people have written. */
export function projectWording({
  question: { text, labels, offersUnsure },
  method,
}: {
  question: Question;
  /** How the labels were chosen. */
  method: string;
}): CardWording {
  const names = labels.map(escapeMarkdown);
  const skip = offersUnsure ? ', or "Not sure", which is no vote' : "";
  return {
    title: escapeMarkdown(text),
    // A JSON text is a YAML text.
    yamlTitle: JSON.stringify(text),
    counted: names.map((name, label) => [`${name} (${label})`, label]),
    tie: "no label is the likeliest",
    method: `Members of a Discord channel saw the images without the answers of other people, and chose one label for each image${skip}.
A person's last answer to an image counts.

${method}`,
    columns: [
      ["label", names.map((name, label) => `${label}: ${name}`).join("; ")],
      ["label_name", "the name of the label"],
      ["probability", "the probability from 0 to 1 of this label"],
      ...voteColumns(names.map((name, label) => `${label} (${name})`)),
    ],
    settled: SETTLED,
  };
}

function voteColumns(answers: readonly string[]): [name: string, meaning: string][] {
  return answers.map((answer, label) => [`votes_${label}`, `number of people who answered ${answer}`]);
}

/** Escapes a text so that Markdown, also in a table, shows it as it is. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/[!-/:-@[-`{-~]/g, "\\$&");
}
