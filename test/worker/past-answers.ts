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

/** Replaces a project's label file by answers that were given at earlier times. */
export async function storeAnswers(
  { store }: Pick<HotdogBot, "store">,
  answers: readonly PastAnswer[],
  prefix = "",
): Promise<void> {
  await store.put(
    `${prefix}labels/00000.csv`,
    Buffer.concat([headerLine(LABEL_TABLE.columns), ...rowsOf(answers)]),
  );
}

/** Adds answers that were given at earlier times to a project's label file. */
export async function addAnswers(
  { store }: Pick<HotdogBot, "store">,
  answers: readonly PastAnswer[],
  prefix = "",
): Promise<void> {
  const key = `${prefix}labels/00000.csv`;
  const { body = Buffer.alloc(0), etag = "" } = (await store.get(key)) ?? {};
  await store.put(key, Buffer.concat([body, ...rowsOf(answers)]), {
    condition: { ifMatch: etag },
    contentType: "text/csv; charset=utf-8",
  });
}

function rowsOf(answers: readonly PastAnswer[]): Buffer[] {
  return answers.map(({ at, ...answer }) =>
    rowLine(LABEL_TABLE.columns, labelFields({ id: newId(at), round: "1", ...answer })),
  );
}
