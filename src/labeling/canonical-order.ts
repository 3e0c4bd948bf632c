import { countKnown, UNKNOWN, voteRange, type PackedVotes } from "./packed-votes.ts";
import type { Sliced } from "./sliced.ts";

/** Rounds of refinement. More tell apart more images and people whose surroundings look alike. */
const ROUNDS = 4;
/** Images per slice of work. */
const SLICE = 1 << 12;

/** The same votes in an order that depends only on who voted how with whom, not on the order or the names of anything. */
export interface CanonicalVotes {
  packed: PackedVotes;
  /** The index of each image before. */
  images: Uint32Array;
  /** The number of each label before. */
  labels: readonly number[];
  /** A number for each image that describes its votes. Images with the same votes have the same one. */
  codes: Uint32Array;
}

/** What is known of images, people and labels, as numbers of 32 bits, and sums from which the next ones are made. */
interface Codes {
  images: Uint32Array;
  people: Uint32Array;
  labels: Uint32Array;
}

/**
 * Sorts images, people and labels by their place in the whole, so that sums of floating-point numbers and random starts are the same
 * in any order. Each gets a code, made from the codes of what its votes connect it to; repeated rounds see further.
 * Only what is exactly symmetrical keeps the order given, and then the order does not matter.
 * @see B. Weisfeiler and A. Leman, The reduction of a graph to canonical form (1968), for color refinement
 */
export function* canonicalOrderSliced(packed: PackedVotes): Sliced<CanonicalVotes> {
  let codes: Codes = {
    images: new Uint32Array(packed.ends.length),
    people: new Uint32Array(packed.people),
    labels: new Uint32Array(packed.labels),
  };
  for (let round = 0; round < ROUNDS; round += 1) codes = yield* refinedSliced(packed, codes);
  const images = indexesByCode(codes.images);
  const labels = indexesByCode(codes.labels);
  const reordered = yield* reorderSliced(packed, {
    images,
    people: inverse(indexesByCode(codes.people)),
    labels: inverse(labels),
  });
  return {
    packed: reordered,
    images,
    labels: [...labels],
    codes: images.map((image) => codes.images[image] ?? 0),
  };
}

/** Makes new codes for all from the codes of their neighbors. Sums do not depend on the order, and stay exact below 2 ** 53. */
function* refinedSliced(packed: PackedVotes, { images, people, labels }: Codes): Sliced<Codes> {
  const imageCodes = new Uint32Array(images.length);
  const personSums = new Float64Array(people.length);
  const labelSums = new Float64Array(labels.length);
  /** For one image, by label, the sum of the codes of the people who gave it. */
  const groups = new Float64Array(labels.length);
  for (let image = 0; image < images.length; image += 1) {
    const [start, end] = voteRange(packed, image);
    const imageCode = images[image] ?? 0;
    groups.fill(0);
    for (let at = start; at < end; at += 1) {
      const [person, label] = personAndLabel(packed, at);
      groups[label] = (groups[label] ?? 0) + mix(people[person] ?? 0, 1);
    }
    for (let at = start; at < end; at += 1) {
      const [person, label] = personAndLabel(packed, at);
      const group = mixSum(groups[label] ?? 0, imageCode);
      personSums[person] = (personSums[person] ?? 0) + mix(group, labels[label] ?? 0);
      labelSums[label] = (labelSums[label] ?? 0) + mix(group, people[person] ?? 0);
    }
    let sum = 0;
    for (let label = 0; label < groups.length; label += 1)
      if ((groups[label] ?? 0) > 0) sum += mix(mixSum(groups[label] ?? 0, 2), labels[label] ?? 0);
    const known = packed.known[image] ?? UNKNOWN;
    if (known < labels.length) {
      sum += mix(labels[known] ?? 0, 3);
      labelSums[known] = (labelSums[known] ?? 0) + mix(imageCode, 4);
    }
    imageCodes[image] = mixSum(sum, imageCode);
    if (image % SLICE === 0) yield;
  }
  return {
    images: imageCodes,
    people: people.map((code, person) => mixSum(personSums[person] ?? 0, code)),
    labels: labels.map((code, label) => mixSum(labelSums[label] ?? 0, code)),
  };
}

function personAndLabel({ votes, labels }: PackedVotes, at: number): [person: number, label: number] {
  const vote = votes[at] ?? 0;
  return [Math.floor(vote / labels), vote % labels];
}

/** @param order the new first image is the one with the first index; people and labels have their new numbers */
function* reorderSliced(
  packed: PackedVotes,
  { images, people, labels }: Record<"images" | "people" | "labels", Uint32Array>,
): Sliced<PackedVotes> {
  const votes = new Uint32Array(packed.votes.length);
  const ends = new Uint32Array(images.length);
  const known = Uint8Array.from(images, (image) => {
    const label = packed.known[image] ?? UNKNOWN;
    return labels[label] ?? label;
  });
  let to = 0;
  for (const [position, image] of images.entries()) {
    const [start, end] = voteRange(packed, image);
    for (let at = start; at < end; at += 1) {
      const [person, label] = personAndLabel(packed, at);
      votes[to + at - start] = (people[person] ?? 0) * packed.labels + (labels[label] ?? 0);
    }
    votes.subarray(to, to + end - start).sort();
    to += end - start;
    ends[position] = to;
    if (position % SLICE === 0) yield;
  }
  return { ...packed, votes, ends, known, ...countKnown(known, packed.labels) };
}

function indexesByCode(codes: Uint32Array): Uint32Array {
  return Uint32Array.from(codes.keys()).toSorted((a, b) => (codes[a] ?? 0) - (codes[b] ?? 0));
}

function inverse(order: Uint32Array): Uint32Array {
  const positions = new Uint32Array(order.length);
  for (const [position, index] of order.entries()) positions[index] = position;
  return positions;
}

/** Mixes two numbers of 32 bits into one that looks random (the finalizer of MurmurHash3). */
export function mix(a: number, b: number): number {
  let mixed = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Mixes an exact sum of up to 53 bits. */
function mixSum(sum: number, b: number): number {
  return mix(mix(sum % 2 ** 32, Math.floor(sum / 2 ** 32)), b);
}
