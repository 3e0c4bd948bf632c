import { HASH_BITS, type HashProbe, type PerceptualHash } from "./perceptual-hash.ts";

/** Share of a probe's weight, in the bits that differ, up to which a hash is found. */
const MAX_DIFFERENCE = 0.15;
/** Number of found entries, the nearest. */
const MAX_FOUND = 16;

/** The hash is searched for by each quarter of its bits. */
const TABLES = 4;
const TABLE_BITS = HASH_BITS / TABLES;
const QUARTERS = 2 ** TABLE_BITS;
/** Number of values of a quarter that are tried: its own, and those with the least certain bits flipped. */
const TRIED_VALUES = 24;
/** Hashes that are compared one by one before the tables are built again. */
const MAX_UNSORTED = 8_192;

const INITIAL_CAPACITY = 64;
const GROWTH = 1.25;

export interface HashIndex {
  readonly size: number;
  /** Adds a hash. Its entry is the size before. */
  add(hash: PerceptualHash): void;
  /** The entries with a hash like one of these, the nearest first. Finds at most 16. */
  find(probes: readonly HashProbe[]): number[];
}

/** Entries by the value of a quarter of their hash: of value v, those from `starts[v]` up to, not including, `starts[v + 1]`. */
interface Table {
  starts: Uint32Array;
  entries: Uint32Array;
}

/**
 * Finds similar hashes in memory: a multi-index hash table that tries the most likely values of what is searched for. An entry takes
 * 24 to 26 bytes.
 * @see https://arxiv.org/abs/1307.2982
 * @see https://www.cs.princeton.edu/cass/papers/mplsh_vldb07.pdf
 */
export function hashIndex(): HashIndex {
  /** The two halves of each hash. */
  let hashes = new Uint32Array(2 * INITIAL_CAPACITY);
  let size = 0;
  /** Entries before this are in the tables. */
  let sorted = 0;
  let tables: Table[] = [];

  function build(): void {
    // The old tables are released first, to save memory.
    tables = [];
    for (let table = 0; table < TABLES; table += 1) tables.push(tableOf(hashes, size, table));
    sorted = size;
  }

  /** Adds entries to the found ones. */
  function search(probe: HashProbe, found: Map<number, number>): void {
    const { high, low } = probe;
    const sums = weightSums(probe.weights);
    const compare = (entry: number): void => {
      const highBits = (hashes[2 * entry] ?? 0) ^ high;
      let difference = sumOf(sums, 0, highBits);
      if (difference > MAX_DIFFERENCE) return;
      const lowBits = (hashes[2 * entry + 1] ?? 0) ^ low;
      difference += sumOf(sums, HALF_SUMS, lowBits);
      if (difference <= Math.min(MAX_DIFFERENCE, found.get(entry) ?? 1)) found.set(entry, difference);
    };
    for (const [table, { starts, entries }] of tables.entries()) {
      for (const value of valuesNear(probe, table)) {
        const end = starts[value + 1] ?? 0;
        for (let at = starts[value] ?? 0; at < end; at += 1) compare(entries[at] ?? 0);
      }
    }
    for (let entry = sorted; entry < size; entry += 1) compare(entry);
  }

  return {
    get size() {
      return size;
    },

    add({ high, low }) {
      if (2 * size === hashes.length) hashes = grown(hashes, 2 * Math.ceil(size * GROWTH));
      hashes[2 * size] = high;
      hashes[2 * size + 1] = low;
      size += 1;
    },

    find(probes) {
      if (size - sorted > MAX_UNSORTED) build();
      const found = new Map<number, number>();
      for (const probe of probes) search(probe, found);
      const nearest = [...found].toSorted(([, a], [, b]) => a - b);
      return nearest.slice(0, MAX_FOUND).map(([entry]) => entry);
    },
  };
}

/** Number of sums for the four bytes of half a hash. */
const HALF_SUMS = 4 * 256;

/** For each byte of a hash, and each value of that byte, the sum of the weights of its ones. */
function weightSums(weights: Float64Array): Float64Array {
  const sums = new Float64Array(2 * HALF_SUMS);
  for (let at = 0; at < sums.length; at += 1) {
    const value = at % 256;
    const rest = value & (value - 1);
    const bit = (at - value) / 32 + Math.clz32(value ^ rest) - 24;
    if (value > 0) sums[at] = (sums[at - value + rest] ?? 0) + (weights[bit] ?? 0);
  }
  return sums;
}

/** Adds the weights of the ones of half a hash. */
function sumOf(sums: Float64Array, first: number, half: number): number {
  return (
    (sums[first + (half >>> 24)] ?? 0) +
    (sums[first + 256 + ((half >>> 16) & 255)] ?? 0) +
    (sums[first + 512 + ((half >>> 8) & 255)] ?? 0) +
    (sums[first + 768 + (half & 255)] ?? 0)
  );
}

function quarterOf(high: number, low: number, table: number): number {
  const half = table < 2 ? high : low;
  return table % 2 === 0 ? half >>> TABLE_BITS : half & (QUARTERS - 1);
}

/** The values of a quarter that near duplicates have most likely: those with the least weight in the bits that differ. */
function valuesNear({ high, low, weights }: HashProbe, table: number): number[] {
  const quarter = weights.subarray(TABLE_BITS * table, TABLE_BITS * (table + 1));
  const bits = Array.from(quarter, (weight, bit) => ({ weight, flip: 1 << (TABLE_BITS - 1 - bit) }));
  let tried: TriedValues = { sums: [0], values: [quarterOf(high, low, table)] };
  for (const { weight, flip } of bits.toSorted((a, b) => a.weight - b.weight)) {
    if (tried.sums.length === TRIED_VALUES && weight >= (tried.sums.at(-1) ?? 0)) break;
    tried = withFlipped(tried, weight, flip);
  }
  return tried.values;
}

/** Values of a quarter in the order of the weights that differ. */
interface TriedValues {
  sums: number[];
  values: number[];
}

/** Merges values with the same values after a bit was flipped, and keeps the first. */
function withFlipped(tried: TriedValues, weight: number, flip: number): TriedValues {
  const sums: number[] = [];
  const values: number[] = [];
  const count = Math.min(2 * tried.sums.length, TRIED_VALUES);
  for (let kept = 0, flipped = 0; kept + flipped < count;) {
    const keptSum = tried.sums[kept] ?? Number.POSITIVE_INFINITY;
    const flippedSum = (tried.sums[flipped] ?? Number.POSITIVE_INFINITY) + weight;
    const isKept = keptSum <= flippedSum;
    sums.push(isKept ? keptSum : flippedSum);
    values.push(isKept ? (tried.values[kept] ?? 0) : (tried.values[flipped] ?? 0) ^ flip);
    if (isKept) kept += 1;
    else flipped += 1;
  }
  return { sums, values };
}

/** Sorts entries by counting. */
function tableOf(hashes: Uint32Array, size: number, table: number): Table {
  const valueOf = (entry: number): number =>
    quarterOf(hashes[2 * entry] ?? 0, hashes[2 * entry + 1] ?? 0, table);
  const starts = new Uint32Array(QUARTERS + 1);
  for (let entry = 0; entry < size; entry += 1) {
    const after = valueOf(entry) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let value = 0; value < QUARTERS; value += 1)
    starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0);
  const entries = new Uint32Array(size);
  const next = starts.slice();
  for (let entry = 0; entry < size; entry += 1) {
    const value = valueOf(entry);
    const at = next[value] ?? 0;
    entries[at] = entry;
    next[value] = at + 1;
  }
  return { starts, entries };
}

/** Copies an array into a longer one. */
export function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(length);
  longer.set(array);
  return longer;
}
