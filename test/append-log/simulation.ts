import { appendLog, type AppendLog } from "../../src/append-log/append-log.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { createLog } from "../../src/platform/log.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { memoryStore } from "../object-store/memory-store.ts";
import { newId } from "./rows.ts";
import { virtualTime, type VirtualTime } from "./virtual-time.ts";

export const PUT_MS = 60;
export const TABLE = { prefix: "rows/", columns: ["id", "text"] };
const log = createLog({ level: "silent" });

export interface SimulatedWriter {
  file: AppendLog;
  /** From now on no operation returns. Those that were sent still take effect. */
  kill: () => void;
  /** Makes the next PUT take this many milliseconds. */
  hang: (milliseconds: number) => void;
}

interface WriterOptions {
  /** Whether the writer neither writes nor sees notes, like one of an earlier version. Default: false. */
  withoutNotes?: boolean;
  /** Milliseconds that a GET takes. Default: 20. */
  getMs?: number;
}

export interface Simulation extends VirtualTime {
  objects: Map<string, StoredObject>;
  random: () => number;
  /** Times of PUTs that another writer was faster than. */
  lostAt: number[];
  addWriter: (options?: WriterOptions) => SimulatedWriter;
  /** Appends rows at this rate to a writer chosen by chance until then. Resolves with the PUT times that each took. */
  load: (files: readonly AppendLog[], rate: number, until: number) => Promise<Waited[]>;
}

export interface Waited {
  /** Index of the writer. */
  writer: number;
  /** When the row was appended. */
  at: number;
  /** From then to its confirmation, in PUT times. */
  puts: number;
}

/** Writers on a store with S3's latencies, in virtual time. Each request takes effect half-way through its latency. */
export function simulation(seed: number): Simulation {
  const time = virtualTime();
  const random = seeded(seed);
  const objects = new Map<string, StoredObject>();
  const lostAt: number[] = [];

  function addWriter({ withoutNotes = false, getMs = 20 }: WriterOptions = {}): SimulatedWriter {
    let isKilled = false;
    let hanging: number | undefined;
    const store = memoryStore(objects, async (act, method) => {
      const never = new Promise<never>(() => {});
      if (isKilled) return never;
      const latency = method === "put" ? (hanging ?? PUT_MS) : getMs;
      if (method === "put") hanging = undefined;
      await time.wait(latency / 2);
      const result = await settled(act);
      await time.wait(latency / 2);
      if (isKilled) return never;
      if ("error" in result) lostAt.push(time.now());
      if ("error" in result) throw result.error;
      return result.value;
    });
    const file = appendLog(withoutNotes ? noteless(store) : store, TABLE, {
      log,
      now: () => Date.now(),
      random: seeded(Math.floor(random() * 2 ** 31)),
      wait: time.wait,
      clock: time.now,
      inTime: (milliseconds, work) => Promise.race([work, late(time, milliseconds)]),
    });
    return {
      file,
      kill: () => {
        isKilled = true;
      },
      hang: (milliseconds) => {
        hanging = milliseconds;
      },
    };
  }

  return {
    ...time,
    objects,
    random,
    lostAt,
    addWriter,
    async load(files, rate, until) {
      const rows: Promise<Waited>[] = [];
      for (; time.now() < until; await time.wait(1_000 / rate)) {
        const writer = Math.floor(random() * files.length);
        const at = time.now();
        const appended = files[writer]?.append({ id: newId(), text: "x".repeat(100) });
        rows.push(Promise.resolve(appended).then(() => ({ writer, at, puts: (time.now() - at) / PUT_MS })));
      }
      return Promise.all(rows);
    },
  };
}

async function settled<T>(act: () => T): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

async function late({ wait }: VirtualTime, milliseconds: number): Promise<never> {
  await wait(milliseconds);
  throw new Error(`no result within ${milliseconds} ms`);
}

/** The store as a writer of an earlier version uses it, or one that keeps no notes. */
export function noteless(store: ObjectStore): ObjectStore {
  const withoutNote = (found: StoredObject | undefined): StoredObject | undefined =>
    found && { ...found, note: undefined };
  return {
    ...store,
    get: async (key) => withoutNote(await store.get(key)),
    put: (key, body, options) => store.put(key, body, { ...options, note: undefined }),
  };
}

/** @param share from 0 inclusive to 1 exclusive */
export function percentile(waited: readonly Waited[], share: number): number {
  const sorted = waited.map(({ puts }) => puts).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
