/** The labels a person can give: 0 is "not a hot dog", 1 is "a hot dog". */
export const LABELS = [0, 1] as const;
export type Label = (typeof LABELS)[number];

/** The fields of a label file row that make it a vote. */
interface Answer {
  /** Interaction id of the press. Of a person's answers to one image, the one with the greatest id counts. */
  id: string;
  image: string;
  /** Pseudonym. */
  labeler: string;
  label: Label;
}

/** One person's current label for one image. */
export interface Vote {
  /** Index into `Votes.people`. */
  person: number;
  label: Label;
}

/** Each person's last answer to each image. Images and people are in the order in which they were first seen. */
export interface Votes {
  images: readonly string[];
  /** Pseudonyms. */
  people: readonly string[];
  /** The votes on each image, parallel to `images`. */
  byImage: readonly (readonly Vote[])[];
}

/** A vote with the interaction id of its press. */
type LastAnswer = Vote & { id: bigint };

/** `Votes` that keep the id of each press. */
export interface LastAnswers extends Votes {
  byImage: readonly (readonly LastAnswer[])[];
}

interface CollectedImage {
  /** Index into `Votes.images`. */
  index: number;
  /** Votes by the index of the person. */
  votes: Map<number, LastAnswer>;
  /** Whether the votes have changed since the last snapshot. */
  changed: boolean;
}

/** Collects answers one by one, in any order, duplicates included. Memory grows with people and images, not with answers. */
export function collectVotes() {
  const people = new Map<string, number>();
  const images = new Map<string, CollectedImage>();
  let byImage: (readonly LastAnswer[])[] = [];
  let changed: CollectedImage[] = [];

  function personIndex(labeler: string): number {
    const known = people.get(labeler);
    if (known !== undefined) return known;
    people.set(detachedCopy(labeler), people.size);
    return people.size - 1;
  }

  function collectedImage(image: string): CollectedImage {
    const known = images.get(image);
    if (known !== undefined) return known;
    const added = { index: images.size, votes: new Map<number, LastAnswer>(), changed: false };
    images.set(detachedCopy(image), added);
    return added;
  }

  return {
    add({ id, image, labeler, label }: Answer): void {
      const person = personIndex(labeler);
      const collected = collectedImage(image);
      const previous = collected.votes.get(person);
      const newId = BigInt(id);
      if (previous !== undefined && previous.id >= newId) return;
      collected.votes.set(person, { person, label, id: newId });
      if (!collected.changed) changed.push(collected);
      collected.changed = true;
    },

    /** Returns a snapshot, which later calls of `add` do not change. */
    votes(): LastAnswers {
      // Snapshots share the arrays of all images that have not changed between them.
      byImage = [...byImage];
      for (const image of changed) {
        byImage[image.index] = [...image.votes.values()];
        image.changed = false;
      }
      changed = [];
      return { images: [...images.keys()], people: [...people.keys()], byImage };
    },
  };
}

/** Copies a string, because V8's substrings keep the whole string they were cut from in memory. */
export function detachedCopy(text: string): string {
  return Buffer.from(text).toString();
}

export interface Majority {
  /** "tie" if both labels have the same number of votes. */
  label: Label | "tie";
  /** Number of votes for each label. */
  votes: Readonly<Record<Label, number>>;
}

/** Counts the votes on one image. Returns undefined if there are no votes. */
export function findMajority(votes: readonly Vote[]): Majority | undefined {
  if (votes.length === 0) return undefined;
  const ones = votes.filter(({ label }) => label === 1).length;
  const zeros = votes.length - ones;
  return { label: ones === zeros ? "tie" : ones > zeros ? 1 : 0, votes: { 0: zeros, 1: ones } };
}

/** An image is settled if one label is this many votes ahead: a few more votes would hardly turn it. */
const SETTLING_LEAD = 2;
/** An image with this many votes is settled even without a lead: it is disputed, and more votes would not help. */
const MAX_VOTES = 7;

/** Whether an image needs no more votes. */
export function isSettled({ votes }: Pick<Majority, "votes">): boolean {
  return Math.abs(votes[1] - votes[0]) >= SETTLING_LEAD || votes[0] + votes[1] >= MAX_VOTES;
}
