import { HASH_BITS, type HashProbe, type PerceptualHash } from "./perceptual-hash.ts";

/** Share of a probe's amplitude, in the bits that differ, up to which a hash is found. Of near duplicates, 99 in 100 are below. */
const MAX_DIFFERENCE = 0.07;
/** More bits than differ in near duplicates. Counting them is faster than adding their weights. */
const MAX_BITS = 22;
/** Number of found entries, the nearest. */
const MAX_FOUND = 24;

/** The hash is searched for by each quarter of its bits. */
const TABLES = 4;
const TABLE_BITS = HASH_BITS / TABLES;
const QUARTERS = 2 ** TABLE_BITS;
/** Number of bits of a quarter, the least certain, that may differ in all combinations. All others must be equal in one quarter. */
const UNCERTAIN_BITS = 6;
/** Hashes that are compared one by one before the tables are built again, which takes 0.1 s for a million hashes. */
const MAX_UNSORTED = 8_192;

const INITIAL_CAPACITY = 64;
const GROWTH = 1.25;

export interface HashIndex {
  readonly size: number;
  /** Adds a hash. Its entry is the size before. */
  add(hash: PerceptualHash): void;
  /** The entries with a hash like one of these, the nearest first. Finds at most 24. */
  find(probes: readonly HashProbe[]): number[];
}

/** Entries by the value of a quarter of their hash: of value v, those from `starts[v]` up to, not including, `starts[v + 1]`. */
interface Table {
  starts: Uint32Array;
  entries: Uint32Array;
}

/**
 * Finds similar hashes in memory: a multi-index hash table that tries the least certain bits of what is searched for. An entry takes
 * 24 to 26 bytes.
 * @see https://arxiv.org/abs/1307.2982
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
    const compare = (entry: number): void => {
      const highBits = (hashes[2 * entry] ?? 0) ^ high;
      const lowBits = (hashes[2 * entry + 1] ?? 0) ^ low;
      if (countOnes(highBits) + countOnes(lowBits) > MAX_BITS) return;
      const difference = weigh(highBits, lowBits, probe.weights);
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

/** Number of ones. @see https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function countOnes(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55_55_55_55);
  count = (count & 0x33_33_33_33) + ((count >>> 2) & 0x33_33_33_33);
  return Math.imul((count + (count >>> 4)) & 0x0f_0f_0f_0f, 0x01_01_01_01) >>> 24;
}

/** Adds the weights of the bits that are set. */
function weigh(high: number, low: number, weights: Float64Array): number {
  let sum = 0;
  for (let rest = high; rest !== 0; rest &= ~(0x80_00_00_00 >>> Math.clz32(rest)))
    sum += weights[Math.clz32(rest)] ?? 0;
  for (let rest = low; rest !== 0; rest &= ~(0x80_00_00_00 >>> Math.clz32(rest)))
    sum += weights[32 + Math.clz32(rest)] ?? 0;
  return sum;
}

function quarterOf(high: number, low: number, table: number): number {
  const half = table < 2 ? high : low;
  return table % 2 === 0 ? half >>> TABLE_BITS : half & (QUARTERS - 1);
}

/** The values of a quarter in which only its least certain bits may differ from the probe's. */
function valuesNear({ high, low, weights }: HashProbe, table: number): number[] {
  const quarter = weights.subarray(TABLE_BITS * table, TABLE_BITS * (table + 1));
  const uncertain = Array.from(quarter, (weight, bit) => ({ weight, bit }))
    .toSorted((a, b) => a.weight - b.weight)
    .slice(0, UNCERTAIN_BITS);
  const values = [quarterOf(high, low, table)];
  for (const { bit } of uncertain)
    values.push(...values.map((value) => value ^ (1 << (TABLE_BITS - 1 - bit))));
  return values;
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
