import { grown } from "../../images/near-duplicates/hash-index.ts";

const INITIAL_CAPACITY = 64;
const GROWTH = 1.25;
/** Share of the slots that are taken before their number is doubled. */
const MAX_LOAD = 0.75;

/** Number of hexadecimal digits of a key. */
const DIGITS = 16;

/** The key of an image: the first 64 bits of its name, which is a hash, as hexadecimal digits. */
export function imageKey(image: string): string {
  return image.slice(0, DIGITS);
}

/** The keys of images, each once, with a number from 0 in the order of adding. */
export interface ImageKeys {
  /** Adds the key of an image. Returns false if it was there. */
  add(image: string): boolean;
  has(image: string): boolean;
  /** The key with a number. */
  key(entry: number): string;
}

/** Keeps keys in an open hash table. A key takes 14 to 21 bytes. */
export function imageKeys(): ImageKeys {
  let size = 0;
  /** The two halves of each key. */
  let keys = new Uint32Array(2 * INITIAL_CAPACITY);
  /** Numbers of keys plus one; 0 for a free slot. The number of slots is a power of two. */
  let slots = new Uint32Array(2 * INITIAL_CAPACITY);

  /** The slot of a key, or the free one to which it belongs. */
  function slotOf(high: number, low: number): number {
    let slot = low & (slots.length - 1);
    for (;;) {
      const entry = (slots[slot] ?? 0) - 1;
      if (entry === -1 || (keys[2 * entry] === high && keys[2 * entry + 1] === low)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  function growSlots(): void {
    slots = new Uint32Array(2 * slots.length);
    for (let entry = 0; entry < size; entry += 1)
      slots[slotOf(keys[2 * entry] ?? 0, keys[2 * entry + 1] ?? 0)] = entry + 1;
  }

  return {
    add(image) {
      const [high, low] = halvesOf(image);
      const slot = slotOf(high, low);
      if (slots[slot] !== 0) return false;
      if (2 * size === keys.length) keys = grown(keys, 2 * Math.ceil(size * GROWTH));
      keys[2 * size] = high;
      keys[2 * size + 1] = low;
      size += 1;
      slots[slot] = size;
      if (size > MAX_LOAD * slots.length) growSlots();
      return true;
    },

    has: (image) => slots[slotOf(...halvesOf(image))] !== 0,

    key: (entry) => hex(keys[2 * entry] ?? 0) + hex(keys[2 * entry + 1] ?? 0),
  };
}

function halvesOf(image: string): [high: number, low: number] {
  return [
    Number.parseInt(image.slice(0, DIGITS / 2), 16),
    Number.parseInt(image.slice(DIGITS / 2, DIGITS), 16),
  ];
}

function hex(half: number): string {
  return half.toString(16).padStart(DIGITS / 2, "0");
}
