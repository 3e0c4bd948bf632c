/** When `/label` shows a person a gold image, to check them. */
import { hash } from "node:crypto";
import { seededShuffle } from "./images.ts";

/** Until a person has answered this many gold images, they get one more often. */
const FEW_ANSWERS = 10;
/** One image in this many is gold at first. */
const BLOCK_AT_FIRST = 5;
/** One image in this many is gold later. */
const BLOCK_LATER = 20;
/** Digits of a hash that choose a turn in a block. */
const HASH_DIGITS = 8;

/** A person's first answer to an image. */
export interface FirstAnswer {
  image: string;
  /** Interaction id of the press. */
  id: bigint;
}

interface Asked {
  /** Pseudonym. Nobody who does not know it can predict the turns. */
  labeler: string;
  /** Id of the interaction that began the session. */
  session: string;
  /** How many images, gold or not, the person has skipped in the session. */
  skips: number;
  /** The person's answers to all images of the project. */
  answered: readonly FirstAnswer[];
  isGold: (image: string) => boolean;
  /** The gold images that can be shown. */
  gold: readonly string[];
}

/** What follows from how far a session has come. */
interface GoldTurn {
  /** The gold images to show now, the next one first; none unless it is the turn of one. */
  images: string[];
  /** How many other images the person has skipped. */
  skippedOthers: number;
}

/**
 * Every block of 5 images that a person is shown has one gold image; once they have answered 10, every block of 20. The turn in its block
 * depends on the pseudonym and the block alone, so redeliveries and other workers agree on it. A gold image that was skipped returns
 * after all others, as any other image does.
 */
export function goldTurn(asked: Asked): GoldTurn {
  const { labeler, session, skips, answered, gold } = asked;
  const began = BigInt(session);
  const turn = answered.length + skips;
  const turns = turnsOfGold(asked, turn + 1);
  const answeredBefore = new Set(answered.flatMap(({ image, id }) => (id < began ? [image] : [])));
  const inSession = gold.filter((image) => !answeredBefore.has(image));
  const isAnswered = new Set(answered.map(({ image }) => image));
  const open = seededShuffle(`${labeler}/${session}`, inSession).filter((image) => !isAnswered.has(image));
  const shown = Math.min(turns.filter((at) => at < turn).length, inSession.length);
  const skipped = Math.min(Math.max(shown - (inSession.length - open.length), 0), skips);
  return {
    images: turns.at(-1) === turn ? open.slice(skipped) : [],
    skippedOthers: skips - skipped,
  };
}

/** The turns of gold images since the session began, in ascending order. @param to not included */
function turnsOfGold({ labeler, session, answered, isGold }: Asked, to: number): number[] {
  const began = BigInt(session);
  const from = answered.filter(({ id }) => id < began).length;
  const checked = answered.filter(({ image }) => isGold(image)).map(({ id }) => id);
  const before = checked.filter((id) => id < began).toSorted((a, b) => (a < b ? -1 : 1));
  const last = before[FEW_ANSWERS - 1];
  if (last !== undefined) {
    const start = answered.filter(({ id }) => id <= last).length;
    return turnsIn(labeler, BLOCK_LATER, { start, from, to });
  }
  const few = turnsIn(labeler, BLOCK_AT_FIRST, { start: 0, from, to });
  const end = few[FEW_ANSWERS - before.length - 1];
  if (checked.length < FEW_ANSWERS || end === undefined) return few;
  const start = end + 1;
  return [
    ...few.filter((turn) => turn < start),
    ...turnsIn(labeler, BLOCK_LATER, { start, from: start, to }),
  ];
}

interface Turns {
  /** Where the first block starts. */
  start: number;
  from: number;
  /** Not included. */
  to: number;
}

function turnsIn(labeler: string, size: number, { start, from, to }: Turns): number[] {
  const found: number[] = [];
  for (let block = Math.floor((from - start) / size); start + block * size < to; block += 1) {
    const turn = start + block * size + turnIn(labeler, block, size);
    if (turn >= from && turn < to) found.push(turn);
  }
  return found;
}

/** Which of the turns of a block is that of a gold image, from 0. */
function turnIn(labeler: string, block: number, size: number): number {
  const digits = hash("sha256", `${labeler}/gold/${size}/${block}`).slice(0, HASH_DIGITS);
  return Number.parseInt(digits, 16) % size;
}
