import { UNSURE, type Label } from "../../src/labeling/question.ts";
import { collectVotes, type LastAnswers } from "../../src/labeling/votes.ts";
import { seeded } from "../../src/platform/seeded.ts";

/** Collects votes from rows written as "image person label", oldest first. The label may be "unsure". */
export function votesOf(...rows: string[]): LastAnswers {
  return votesInOrder(rows.map((row, index) => ({ row, id: index + 1 })));
}

/** Collects votes from rows as those of `votesOf` in the order given, which need not be that of their ids. */
export function votesInOrder(rows: readonly { row: string; id: number }[]): LastAnswers {
  const collector = collectVotes();
  for (const { row, id } of rows) {
    const [image = "", labeler = "", label] = row.split(" ");
    collector.add({ id: String(id), image, labeler, label: label === UNSURE ? UNSURE : Number(label) });
  }
  return collector.votes();
}

interface PlantedCrowd {
  seed: number;
  images: number;
  /** Number of answers to each image, by different people. */
  each: number;
  /** Share of hot dogs. */
  prevalence: number;
  /** Skills of each person. */
  people: readonly (readonly [sensitivity: number, specificity: number])[];
}

export interface Crowd {
  votes: LastAnswers;
  /** The true label of each image of the votes. */
  truth: Label[];
}

/** Simulates people with known skills who answer images with known labels. */
export function plantedCrowd({ seed, images, each, prevalence, people }: PlantedCrowd): Crowd {
  const random = seeded(seed);
  const truth = Array.from({ length: images }, (): Label => (random() < prevalence ? 1 : 0));
  const collector = collectVotes();
  let id = 0;
  truth.forEach((content, image) => {
    const asked = people
      .map((skill, person) => ({ skill, person, order: random() }))
      .toSorted((a, b) => a.order - b.order)
      .slice(0, each);
    for (const { skill, person } of asked) {
      const right = random() < skill[content === 1 ? 0 : 1];
      const label: Label = right === (content === 1) ? 1 : 0;
      collector.add({ id: String((id += 1)), image: `image-${image}`, labeler: `person-${person}`, label });
    }
  });
  return { votes: collector.votes(), truth };
}
