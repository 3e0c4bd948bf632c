import type { Answer, Label } from "./question.ts";
import type { Sliced } from "./sliced.ts";
import { setAnswers, type LastAnswer, type LastAnswers } from "./votes.ts";

/** What moderators know about a project: the labels of some images, and whose answers are of no use. */
export interface Trust {
  /** The known labels of gold images, by name. They need not be in the set or have answers. */
  gold: ReadonlyMap<string, Label>;
  /** Pseudonyms of people whose answers do not count. */
  excluded: ReadonlySet<string>;
}

/** There is no gold image, and everybody counts. */
export const NOTHING_KNOWN: Trust = { gold: new Map(), excluded: new Set() };

/** Images per slice of work. */
const SLICE = 1 << 12;

/**
 * Returns the answers that count: none of excluded people, and to gold images each person's first answer, because they may have been
 * told afterwards whether it was right. People and images keep their indexes; gold images without answers are added at the end. All
 * images to which this changes nothing share their arrays with the answers given, and without gold and exclusions these are returned.
 * Excluded people stay among the people, without answers.
 */
export function* countedVotesSliced(answers: LastAnswers, { gold, excluded }: Trust): Sliced<LastAnswers> {
  if (gold.size === 0 && excluded.size === 0) return answers;
  const known = yield* goldIndexesSliced(answers.images, gold);
  const isExcluded = answers.people.map((labeler) => excluded.has(labeler));
  const byImage = [...answers.byImage];
  const unsure = new Map(answers.unsure);
  const changed = new Set(known.gold.keys());
  for (const [person, images] of answers.byPerson.entries())
    if (isExcluded[person] === true) for (const image of images) changed.add(image);
  let done = 0;
  for (const image of changed) {
    const counted = countedAnswers(image, answers, { isExcluded, isGold: known.gold.has(image) });
    setAnswers({ byImage, unsure }, image, counted);
    done += 1;
    if (done % SLICE === 0) yield;
  }
  const byPerson = answers.byPerson.map((images, person) => (isExcluded[person] === true ? [] : images));
  return { ...known, people: answers.people, byImage, unsure, byPerson };
}

/** Finds gold images by their index. Those without answers get an index after the last. */
function* goldIndexesSliced(
  answered: readonly string[],
  gold: Trust["gold"],
): Sliced<Pick<LastAnswers, "images" | "gold">> {
  const indexes = new Map<number, Label>();
  const missing = new Map(gold);
  for (const [index, image] of answered.entries()) {
    const label = gold.get(image);
    if (label !== undefined) {
      indexes.set(index, label);
      missing.delete(image);
    }
    if (index % SLICE === 0) yield;
  }
  const images = [...answered];
  for (const [image, label] of missing) {
    indexes.set(images.length, label);
    images.push(image);
  }
  return { images, gold: indexes };
}

/** The answers to one image that count. */
function countedAnswers(
  image: number,
  { byImage, unsure }: Pick<LastAnswers, "byImage" | "unsure">,
  { isExcluded, isGold }: { isExcluded: readonly boolean[]; isGold: boolean },
): LastAnswer<Answer>[] {
  const all: LastAnswer<Answer>[] = [...(byImage[image] ?? []), ...(unsure.get(image) ?? [])];
  return all
    .filter(({ person }) => isExcluded[person] !== true)
    .map((answer) => {
      const { person, first } = answer;
      return isGold && first !== undefined ? { person, label: first.label, id: first.id } : answer;
    });
}
