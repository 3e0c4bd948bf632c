import { headerLine, rowLine } from "../../src/append-log/csv.ts";
import { LABEL_TABLE, labelFields } from "../../src/project/label-file.ts";
import type { Answer } from "../../src/labeling/question.ts";
import { hotdogKeys, projectKeys, pseudonymizer } from "../../src/project/pseudonyms.ts";
import { LABELER_SECRET, type HotdogBot } from "../hotdog-bot.ts";
import { newId } from "../append-log/rows.ts";

const DAY = 24 * 60 * 60 * 1_000;

/** Noon of yesterday, UTC. */
export function yesterday(): number {
  return Math.floor(Date.now() / DAY) * DAY - DAY / 2;
}

/** The pseudonym of a person's answers. @param project null for the hot dogs */
export function labelerOf(userId: string, project: string | null = null): string {
  const keys = project === null ? hotdogKeys(LABELER_SECRET) : projectKeys(LABELER_SECRET, project);
  return pseudonymizer(keys)(userId).labeler;
}

export interface PastAnswer {
  labeler: string;
  image: string;
  label: Answer;
  /** Milliseconds since 1970. */
  at: number;
}

/** One person's answers to images, one every four seconds since noon of yesterday. @param label of an image by its index */
export function answersOf(
  labeler: string,
  images: readonly string[],
  label: (index: number) => Answer,
  from = yesterday(),
): PastAnswer[] {
  return images.map((image, index) => ({ labeler, image, label: label(index), at: from + index * 4_000 }));
}

/** Writes answers into the first part of a project's label file, as they were given at earlier times. */
export async function storeAnswers(
  { store }: Pick<HotdogBot, "store">,
  answers: readonly PastAnswer[],
  prefix = "",
): Promise<void> {
  const rows = answers.map(({ at, ...answer }) =>
    rowLine(LABEL_TABLE.columns, labelFields({ id: newId(at), round: "1", ...answer })),
  );
  await store.put(`${prefix}labels/00000.csv`, Buffer.concat([headerLine(LABEL_TABLE.columns), ...rows]));
}
