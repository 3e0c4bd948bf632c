import { detachedCopy } from "../labeling/votes.ts";
import type { LabelBatch } from "../project/label-file.ts";
import type { ExportedAnswer } from "./formats/labels.ts";

type Answer = Pick<ExportedAnswer, "labeler" | "label" | "id">;

/** Every answer in the label file. Takes about 100 bytes of memory for each. */
export interface AllAnswers {
  answers: number;
  images: number;
  people: number;
  /** Rows that cannot be answers. */
  unreadable: number;
  /** By image, then pseudonym, then the order in which the person gave them. */
  inOrder(): Generator<ExportedAnswer, void>;
}

export async function readAllAnswers(labels: AsyncIterable<LabelBatch>): Promise<AllAnswers> {
  const byImage = new Map<string, Answer[]>();
  const people = new Set<string>();
  let [answers, unreadable] = [0, 0];
  for await (const batch of labels) {
    for (const { image, labeler, label, id } of batch.rows) {
      const given = byImage.get(image) ?? [];
      if (given.length === 0) byImage.set(detachedCopy(image), given);
      given.push({ labeler, label, id: BigInt(id) });
      people.add(labeler);
    }
    answers += batch.rows.length;
    unreadable += batch.unreadable;
  }
  return { answers, images: byImage.size, people: people.size, unreadable, inOrder: () => ordered(byImage) };
}

function* ordered(byImage: ReadonlyMap<string, readonly Answer[]>): Generator<ExportedAnswer, void> {
  for (const image of [...byImage.keys()].toSorted()) {
    const given = (byImage.get(image) ?? []).toSorted(byLabelerAndId);
    for (const [index, answer] of given.entries())
      yield { ...answer, image, isLast: given[index + 1]?.labeler !== answer.labeler };
  }
}

function byLabelerAndId(a: Answer, b: Answer): number {
  if (a.labeler !== b.labeler) return a.labeler < b.labeler ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
