import type { Sliced } from "./sliced.ts";
import type { Votes } from "./votes.ts";

/** The label of the image is not known. */
export const UNKNOWN = 255;
/** Nobody has answered the image whose answers count. It says nothing about the other images. */
export const UNANSWERED = 254;

/** All votes in typed arrays, image by image, which an iteration reads many times faster than objects. */
export interface PackedVotes {
  /** `person * labels + label` of each vote. */
  votes: Uint32Array;
  /** For each image, the index after its last vote. */
  ends: Uint32Array;
  /** For each image, its known label, UNKNOWN or UNANSWERED. */
  known: Uint8Array;
  /** Number of images with each known label. */
  knownImages: readonly number[];
  /** Number of images whose label is to be estimated. */
  unknownImages: number;
  /** Number of people. */
  people: number;
  /** Number of labels of the question. */
  labels: number;
}

/** Images per slice while packing. */
const SLICE = 1 << 10;

export function* packVotesSliced(
  { byImage, people, unsure, gold }: Pick<Votes, "byImage" | "people" | "unsure" | "gold">,
  labels: number,
): Sliced<PackedVotes> {
  const ends = new Uint32Array(byImage.length);
  let count = 0;
  for (let image = 0; image < byImage.length; image += 1) {
    count += byImage[image]?.length ?? 0;
    if (image % SLICE === 0) yield;
  }
  const votes = new Uint32Array(count);
  const known = new Uint8Array(byImage.length).fill(UNKNOWN);
  let at = 0;
  for (const [image, imageVotes] of byImage.entries()) {
    for (const { person, label } of imageVotes) {
      votes[at] = person * labels + label;
      at += 1;
    }
    ends[image] = at;
    if (imageVotes.length === 0 && !unsure.has(image)) known[image] = UNANSWERED;
    if (image % SLICE === 0) yield;
  }
  let set = 0;
  for (const [image, label] of gold) {
    known[image] = label;
    set += 1;
    if (set % SLICE === 0) yield;
  }
  return { votes, ends, known, ...countKnown(known, labels), people: people.length, labels };
}

/** Counts what is known of the images. @param known as in packed votes */
export function countKnown(
  known: Uint8Array,
  labels: number,
): Pick<PackedVotes, "knownImages" | "unknownImages"> {
  const counts = new Uint32Array(UNKNOWN + 1);
  for (const label of known) counts[label] = (counts[label] ?? 0) + 1;
  return { knownImages: [...counts.subarray(0, labels)], unknownImages: counts[UNKNOWN] ?? 0 };
}

/** The range of an image's votes in the packed votes. */
export function voteRange({ ends }: Pick<PackedVotes, "ends">, image: number): [start: number, end: number] {
  const start = image === 0 ? 0 : (ends[image - 1] ?? 0);
  return [start, ends[image] ?? start];
}

/** Copies the votes on some images. The numbers of known images stay those of all. @param images their indexes, ascending */
export function* selectImagesSliced(packed: PackedVotes, images: Uint32Array): Sliced<PackedVotes> {
  const ends = new Uint32Array(images.length);
  let count = 0;
  for (const [index, image] of images.entries()) {
    const [start, end] = voteRange(packed, image);
    count += end - start;
    ends[index] = count;
    if (index % SLICE === 0) yield;
  }
  const votes = new Uint32Array(count);
  for (const [index, image] of images.entries()) {
    const [start, end] = voteRange(packed, image);
    votes.set(packed.votes.subarray(start, end), (ends[index] ?? 0) - (end - start));
    if (index % SLICE === 0) yield;
  }
  return { ...packed, votes, ends, known: Uint8Array.from(images, (image) => packed.known[image] ?? 0) };
}
