import { UNSURE, type Answer, type Label } from "./question.ts";
import { runAtOnce, type Sliced } from "./sliced.ts";

/** The fields of a label file row that say who answered what. */
interface GivenAnswer {
  /** Interaction id of the press. Of a person's answers to one image, the one with the greatest id counts. */
  id: string;
  image: string;
  /** Pseudonym. */
  labeler: string;
  label: Answer;
}

/** One person's current label for one image. */
export interface Vote {
  /** Index into `Votes.people`. */
  person: number;
  label: Label;
}

/** Somebody whose current answer to one image is that they are not sure. */
interface Unsure {
  /** Index into `Votes.people`. */
  person: number;
}

/** Each person's last answer to each image. Images and people are in the order in which they were first seen. */
export interface Votes {
  images: readonly string[];
  /** Pseudonyms. */
  people: readonly string[];
  /** The votes on each image, parallel to `images`. */
  byImage: readonly (readonly Vote[])[];
  /** Who is not sure, by index of the image. Has only images with such answers. */
  unsure: ReadonlyMap<number, readonly Unsure[]>;
  /** The known labels of gold images, by index of the image. Empty as long as `countedVotesSliced` has not added them. */
  gold: ReadonlyMap<number, Label>;
}

/** An answer with the interaction id of its press. */
export interface Press<Given extends Answer = Answer> {
  label: Given;
  id: bigint;
}

/** A person's last answer to an image. */
export interface LastAnswer<Given extends Answer> extends Press<Given> {
  /** Index into `Votes.people`. */
  person: number;
  /** The person's first answer to the image. Absent if it is the last one, too. */
  first?: Press;
  /** The person's last answer to the image before the day (UTC) of the last answer. Absent if all are of that day. */
  earlier?: Press;
}

/** `Votes` that keep the id of each press. */
export interface LastAnswers extends Votes {
  /** The images that each person has answered, as indexes into `images`, parallel to `people`. */
  byPerson: readonly (readonly number[])[];
  byImage: readonly (readonly LastAnswer<Label>[])[];
  unsure: ReadonlyMap<number, readonly LastAnswer<typeof UNSURE>[]>;
}

interface CollectedPerson {
  /** Index into `Votes.people`. */
  index: number;
  /** Indexes of the images that the person has answered. */
  images: number[];
  /** Whether the images have changed since the last snapshot. */
  changed: boolean;
}

interface CollectedImage {
  /** Index into `Votes.images`. */
  index: number;
  /** Answers by the index of the person. */
  answers: Map<number, LastAnswer<Answer>>;
  /** Whether the answers have changed since the last snapshot. */
  changed: boolean;
}

/** Collects answers one by one, in any order, duplicates included. Memory grows with people and images, not with answers. */
export function collectVotes() {
  const people = new Map<string, CollectedPerson>();
  const images = new Map<string, CollectedImage>();
  let snapshot: Snapshot = { byImage: [], unsure: new Map(), byPerson: [] };
  let changed: CollectedImage[] = [];
  let changedPeople: CollectedPerson[] = [];

  function collectedPerson(labeler: string): CollectedPerson {
    const known = people.get(labeler);
    if (known !== undefined) return known;
    const added = { index: people.size, images: [], changed: false };
    people.set(detachedCopy(labeler), added);
    return added;
  }

  function addImage(person: CollectedPerson, { index }: CollectedImage): void {
    person.images.push(index);
    if (!person.changed) changedPeople.push(person);
    person.changed = true;
  }

  function collectedImage(image: string): CollectedImage {
    const known = images.get(image);
    if (known !== undefined) return known;
    const added = { index: images.size, answers: new Map<number, LastAnswer<Answer>>(), changed: false };
    images.set(detachedCopy(image), added);
    return added;
  }

  function* votesSliced(): Sliced<LastAnswers> {
    const answers = yield* updatedSliced(snapshot, changed);
    const byPerson = yield* updatedPeopleSliced(snapshot, changedPeople);
    snapshot = { ...answers, byPerson };
    changed = [];
    changedPeople = [];
    yield;
    return { images: [...images.keys()], people: [...people.keys()], gold: new Map(), ...snapshot };
  }

  return {
    add({ id, image, labeler, label }: GivenAnswer): void {
      const collectedBy = collectedPerson(labeler);
      const { index: person } = collectedBy;
      const collected = collectedImage(image);
      const previous = collected.answers.get(person);
      const answer = withPress(previous, { person, label, id: BigInt(id) });
      if (answer === previous) return;
      if (previous === undefined) addImage(collectedBy, collected);
      collected.answers.set(person, answer);
      if (!collected.changed) changed.push(collected);
      collected.changed = true;
    },

    /** Returns a snapshot, which later calls of `add` do not change. */
    votes: (): LastAnswers => runAtOnce(votesSliced()),

    /** Takes a snapshot in slices. In between, nothing may be added. */
    votesSliced,
  };
}

/** Adds a press to a person's answers to an image. Returns the answer before if the press changes nothing. */
function withPress(
  before: LastAnswer<Answer> | undefined,
  { person, label, id }: LastAnswer<Answer>,
): LastAnswer<Answer> {
  if (before === undefined) return { person, label, id };
  const { first = before } = before;
  if (id > before.id) {
    const earlier = dayOf(before.id) < dayOf(id) ? pressOf(before) : before.earlier;
    return { person, label, id, first: pressOf(first), ...(earlier && { earlier }) };
  }
  const isFirst = id < first.id;
  const isEarlier = dayOf(id) < dayOf(before.id) && id > (before.earlier?.id ?? 0n);
  if (!isFirst && !isEarlier) return before;
  const press = { label, id };
  return { ...before, ...(isFirst && { first: press }), ...(isEarlier && { earlier: press }) };
}

function pressOf({ label, id }: Press): Press {
  return { label, id };
}

/** The number of the UTC day of an interaction id. Discord counts milliseconds from a midnight. */
function dayOf(id: bigint): bigint {
  return (id >> 22n) / DAY_MS;
}

const DAY_MS = 86_400_000n;

/** Images per slice of work. */
const SLICE = 1 << 10;
/** Indexes copied per slice of work. */
const COPIED_SLICE = 1 << 16;

type Snapshot = Pick<LastAnswers, "byImage" | "unsure" | "byPerson">;

/** Copies the images by person. It shares the arrays of people who have not answered another image. */
function* updatedPeopleSliced(
  before: Pick<Snapshot, "byPerson">,
  changed: readonly CollectedPerson[],
): Sliced<Snapshot["byPerson"]> {
  const byPerson = [...before.byPerson];
  let copied = 0;
  for (const person of changed) {
    byPerson[person.index] = [...person.images];
    person.changed = false;
    copied += 1 + person.images.length;
    if (copied < COPIED_SLICE) continue;
    copied = 0;
    yield;
  }
  return byPerson;
}

/** Copies a snapshot with the current answers to the changed images. It shares the arrays of all other images. */
function* updatedSliced(
  before: Pick<Snapshot, "byImage" | "unsure">,
  changed: readonly CollectedImage[],
): Sliced<Pick<Snapshot, "byImage" | "unsure">> {
  const byImage = [...before.byImage];
  const unsure = new Map(before.unsure);
  for (const [index, image] of changed.entries()) {
    if (index % SLICE === 0) yield;
    setAnswers({ byImage, unsure }, image.index, [...image.answers.values()]);
    image.changed = false;
  }
  return { byImage, unsure };
}

/** Replaces the answers to one image in a copy of the answers. The array is kept as it is if all of them are votes. */
export function setAnswers(
  { byImage, unsure }: AnswersByImage,
  image: number,
  answers: LastAnswer<Answer>[],
): void {
  byImage[image] = answers.every(isVote) ? answers : answers.filter(isVote);
  const others = answers.filter(isUnsure);
  if (others.length > 0) unsure.set(image, others);
  else unsure.delete(image);
}

interface AnswersByImage {
  byImage: LastAnswers["byImage"][number][];
  unsure: Map<number, readonly LastAnswer<typeof UNSURE>[]>;
}

function isVote(answer: LastAnswer<Answer>): answer is LastAnswer<Label> {
  return answer.label !== UNSURE;
}

function isUnsure(answer: LastAnswer<Answer>): answer is LastAnswer<typeof UNSURE> {
  return answer.label === UNSURE;
}

/** Copies a string, because V8's substrings keep the whole string they were cut from in memory. */
export function detachedCopy(text: string): string {
  return Buffer.from(text).toString();
}
