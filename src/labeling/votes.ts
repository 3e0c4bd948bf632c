import type { Label } from "./label.ts";

/** One row of the label file, as far as it is a vote. */
interface Answer {
  /** The press's id; of two answers of one person to one image, that with the greater id counts. */
  id: string;
  image: string;
  /** Pseudonym. */
  labeler: string;
  label: Label;
}

/** What one person thinks of one image. */
export interface Vote {
  /** Place in `people`. */
  person: number;
  label: Label;
}

/** The last answer of each person to each image, in the order in which images and people first came. */
export interface Votes {
  images: readonly string[];
  people: readonly string[];
  /** Of each image. */
  of: readonly (readonly Vote[])[];
}

/** A vote, and the id of the press that gave it. */
interface LastAnswer extends Vote {
  id: bigint;
}

/** Votes that tell when they were given. */
export interface LastAnswers extends Votes {
  of: readonly (readonly LastAnswer[])[];
}

export interface VoteCollector {
  add(answer: Answer): void;
  votes(): LastAnswers;
}

/** The answers to one image. */
interface Answered {
  place: number;
  /** By the place of the person. */
  votes: Map<number, LastAnswer>;
  /** Whether there are others than those that were told last. */
  changed: boolean;
}

/** Takes answers one by one, in any order, also twice. Memory grows with the people and images, not with the answers. */
export function collectVotes(): VoteCollector {
  const people = new Map<string, number>();
  const images = new Map<string, Answered>();
  let of: (readonly LastAnswer[])[] = [];
  let changed: Answered[] = [];

  function personOf(labeler: string): number {
    const known = people.get(labeler);
    if (known !== undefined) return known;
    people.set(copyOf(labeler), people.size);
    return people.size - 1;
  }

  function answered(image: string): Answered {
    const known = images.get(image);
    if (known !== undefined) return known;
    const none = { place: images.size, votes: new Map<number, LastAnswer>(), changed: false };
    images.set(copyOf(image), none);
    return none;
  }

  return {
    add({ id, image, labeler, label }) {
      const person = personOf(labeler);
      const to = answered(image);
      const before = to.votes.get(person);
      const given = BigInt(id);
      if (before !== undefined && before.id >= given) return;
      to.votes.set(person, { person, label, id: given });
      if (!to.changed) changed.push(to);
      to.changed = true;
    },

    votes() {
      // What was told before stays as it is, and shares with this all that has not changed.
      of = [...of];
      for (const image of changed) {
        of[image.place] = [...image.votes.values()];
        image.changed = false;
      }
      changed = [];
      return { images: [...images.keys()], people: [...people.keys()], of };
    },
  };
}

/** A piece of a text keeps all of it in memory: this one does not. */
export function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
