import type { Answer } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { setAnswers, type LastAnswer, type LastAnswers } from "./votes.ts";

/** Images per slice of work. */
const SLICE = 1 << 12;

/**
 * Returns each person's last answers before a moment, as if later ones had not been given. People and images keep their indexes, and
 * images without later answers share their arrays.
 * @param until the first interaction id of a day (UTC), not before the day of the newest answer
 */
export function* answersUntilSliced(answers: LastAnswers, until: bigint): Sliced<LastAnswers> {
  const byImage = [...answers.byImage];
  const unsure = new Map(answers.unsure);
  /** Indexes of the images whose first answer came later, by index of the person. */
  const unanswered = new Map<number, Set<number>>();
  for (let image = 0; image < byImage.length; image += 1) {
    if (image % SLICE === 0) yield;
    const all = [...(answers.byImage[image] ?? []), ...(answers.unsure.get(image) ?? [])];
    if (all.every(({ id }) => id < until)) continue;
    const kept: LastAnswer<Answer>[] = [];
    for (const answer of all) {
      const before = answerUntil(answer, until);
      if (before !== undefined) kept.push(before);
      else unanswered.set(answer.person, (unanswered.get(answer.person) ?? new Set()).add(image));
    }
    setAnswers({ byImage, unsure }, image, kept);
  }
  const byPerson = answers.byPerson.map((images, person) => {
    const later = unanswered.get(person);
    return later === undefined ? images : images.filter((image) => !later.has(image));
  });
  return { ...answers, byImage, unsure, byPerson };
}

/** A person's last answer to one image before a moment. */
function answerUntil(answer: LastAnswer<Answer>, until: bigint): LastAnswer<Answer> | undefined {
  if (answer.id < until) return answer;
  const { person, earlier, first } = answer;
  if (earlier === undefined || earlier.id >= until) return undefined;
  return { person, ...earlier, ...(first !== undefined && first.id !== earlier.id && { first }) };
}
