/** Reads the hashes of a million images, and reports the CPU time, and how much memory they take after the first search. */
import { hash } from "node:crypto";
import { cpuUsage } from "node:process";
import { hashProbes } from "../../src/images/near-duplicates/perceptual-hash.ts";
import { SCALED_EDGE, thumbnailOf } from "../../src/images/near-duplicates/thumbnail.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { knownHashes } from "../../src/project/near-duplicates/known-hashes.ts";
import { cpuMilliseconds, measureMemory } from "../harness/process-usage.ts";
import { quickStore } from "../../test/object-store/memory-store.ts";

const PARTS = 400;
const ROWS = 2_500;

/** A store that makes the parts of the hash table when they are read, so that they take no memory here. */
const store: ObjectStore = {
  ...quickStore(),
  async list() {
    const modified = new Date(0);
    return Array.from({ length: PARTS }, (_, part) => ({ key: keyOf(part), size: 1, modified }));
  },
  async get(key) {
    return { body: partOf(Number(/\d+/.exec(key)?.[0])), etag: key, modified: new Date(0) };
  },
};

function keyOf(part: number): string {
  return `hashes/${String(part).padStart(5, "0")}.csv`;
}

function partOf(part: number): Buffer {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const name = hash("sha256", `${part}/${row}`);
    return `${row},${name}.jpg,${name.slice(20, 36)}\r\n`;
  });
  return Buffer.from(`id,image,hash\r\n${rows.join("")}`);
}

const before = measureMemory(process).objects;
const started = cpuMilliseconds({ cpuUsage });
const known = knownHashes(store, { lastSeen: () => undefined });
await known.refresh();
const milliseconds = cpuMilliseconds({ cpuUsage }) - started;
// Builds the tables.
known.find(hashProbes(thumbnailOf(Buffer.alloc(3 * SCALED_EDGE ** 2, 100))));
if (known.size !== PARTS * ROWS) throw new Error("rows are missing");
process.send?.({ bytes: measureMemory(process).objects - before, milliseconds });
