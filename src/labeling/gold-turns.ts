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
  /** Pseudonym. Nobody who knows none can predict the turns. */
  labeler: string;
  /** Id of the interaction that began the session. */
  session: string;
  /** How many images, of either kind, the person has skipped in the session. */
  skips: number;
  /** To all images of the project. */
  answered: readonly FirstAnswer[];
  /** Gold images that the session can show. */
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
export function goldTurn({ labeler, session, skips, answered, gold }: Asked): GoldTurn {
  const began = BigInt(session);
  const isGold = new Set(gold);
  const before = answered.filter(({ id }) => id < began);
  const checked = answered.filter(({ image }) => isGold.has(image)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const last = checked[FEW_ANSWERS - 1];
  const manyFrom = last === undefined ? Infinity : answered.filter(({ id }) => id <= last.id).length;
  const turn = answered.length + skips;
  const turns = turnsOfGold(labeler, { from: before.length, to: turn + 1, manyFrom });
  const answeredBefore = new Set(before.map(({ image }) => image));
  const inSession = gold.filter((image) => !answeredBefore.has(image));
  const order = seededShuffle(`${labeler}/${session}`, inSession);
  const shown = Math.min(turns.filter((at) => at < turn).length, order.length);
  const isAnswered = new Set(answered.map(({ image }) => image));
  const answeredSince = order.filter((image) => isAnswered.has(image)).length;
  return {
    images: turns.at(-1) === turn ? order.slice(shown).filter((image) => !isAnswered.has(image)) : [],
    skippedOthers: Math.max(skips - Math.max(shown - answeredSince, 0), 0),
  };
}

interface Turns {
  from: number;
  /** Not included. */
  to: number;
  /** The turn from which blocks are long. */
  manyFrom: number;
}

/** The turns of gold images, in ascending order. */
function turnsOfGold(labeler: string, { from, to, manyFrom }: Turns): number[] {
  const found: number[] = [];
  let turn = from;
  while (turn < to) {
    const [start, size, end] =
      turn < manyFrom ? [0, BLOCK_AT_FIRST, manyFrom] : [manyFrom, BLOCK_LATER, Infinity];
    const block = Math.floor((turn - start) / size);
    const at = start + block * size + turnIn(labeler, block, size);
    if (at >= turn && at < Math.min(to, end)) found.push(at);
    turn = Math.min(start + (block + 1) * size, end);
  }
  return found;
}

/** Which of the turns of a block is that of a gold image, from 0. */
function turnIn(labeler: string, block: number, size: number): number {
  const digits = hash("sha256", `${labeler}/gold/${size}/${block}`).slice(0, HASH_DIGITS);
  return Number.parseInt(digits, 16) % size;
}
