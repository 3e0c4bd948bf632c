import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { appendFile, type AppendFile } from "../../src/store/append-file.ts";
import type { StoredObject } from "../../src/store/object-store.ts";
import { memoryLog } from "../logged.ts";
import { seeded } from "../../src/seeded.ts";
import { memoryStore, type Around } from "./memory-store.ts";
import { newId, readPart } from "./rows.ts";

/** A part holds about five rows, so that parts close all the time. */
const TABLE = { prefix: "t/", columns: ["id", "text"], partSize: 160 };
const DAY = 24 * 60 * 60 * 1000;
const SCHEDULES = 100;

interface Writer {
  file: AppendFile;
  dead: boolean;
}

/** Writers on a store where operations take any time, fail before or after they are done, land late, or kill the writer. */
class Schedule {
  readonly objects = new Map<string, StoredObject>();
  readonly confirmed = new Set<string>();
  readonly early: string[] = [];
  private readonly random: () => number;
  private readonly errors: number;
  private readonly kills: number;
  private readonly writers: Writer[];

  constructor(seed: number) {
    this.random = seeded(seed);
    this.errors = this.chance(0.5) ? this.random() * 0.2 : 0;
    this.kills = this.chance(0.4) ? 0.004 : 0;
    this.writers = Array.from({ length: 2 + Math.floor(this.random() * 3) }, () => this.newWriter());
  }

  async run(): Promise<void> {
    const age = (): number => (this.chance(0.2) ? 3 * DAY : 0);
    const ids = Array.from({ length: 30 }, () => newId(Date.now() - age()));
    const deliveries: Promise<void>[] = [];
    for (const id of ids) {
      deliveries.push(this.deliver(id));
      if (this.chance(0.3)) deliveries.push(this.deliver(id));
      if (this.chance(0.5)) await this.delay();
    }
    await Promise.all(deliveries);
    for (let turns = 0; turns < 200; turns += 1) await turn();
  }

  rows(): string[] {
    return [...this.objects.values()].flatMap(({ body }) =>
      readPart(body.toString()).rows.map(([id = ""]) => id),
    );
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }

  private async delay(): Promise<void> {
    for (let turns = Math.floor(this.random() * (this.chance(0.1) ? 40 : 5)); turns > 0; turns -= 1)
      await turn();
  }

  private newWriter(): Writer {
    const writer = { dead: false } as Writer;
    const never = (): Promise<never> => new Promise<never>(() => {});
    const around: Around = async (act, method) => {
      if (writer.dead || this.chance(this.kills)) {
        writer.dead = true;
        if (method === "put" && this.chance(0.5)) act();
        return never();
      }
      await this.delay();
      if (this.chance(this.errors)) throw new Error("failed before");
      if (method === "put" && this.chance(this.errors)) {
        void this.delay()
          .then(act)
          .catch(() => {});
        throw new Error("timed out, and lands late");
      }
      const result = act();
      await this.delay();
      if (this.chance(this.errors)) throw new Error("the answer was lost");
      return writer.dead ? never() : result;
    };
    const options = { log: memoryLog().log, now: Date.now, random: this.random, wait: () => this.delay() };
    writer.file = appendFile(memoryStore(this.objects, around), TABLE, options);
    return writer;
  }

  /** As a queue does: to any writer, again after a failure, and at times again although it was done. */
  private async deliver(id: string): Promise<void> {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const index = Math.floor(this.random() * this.writers.length);
      if (this.writers[index]?.dead ?? true) this.writers[index] = this.newWriter();
      const writer = this.writers[index];
      if (writer === undefined || !(await this.appended(id, writer))) continue;
      this.confirmed.add(id);
      if (!this.rows().includes(id)) this.early.push(id);
      if (this.chance(0.7)) return;
    }
  }

  private async appended(id: string, writer: Writer): Promise<boolean> {
    const given = Promise.withResolvers<boolean>();
    const watch = setInterval(() => {
      if (writer.dead) given.resolve(false);
    }, 2);
    void writer.file.append({ id, text: "x".repeat(Math.floor(this.random() * 10)) }).then(
      () => given.resolve(true),
      () => given.resolve(false),
    );
    return given.promise.finally(() => clearInterval(watch));
  }
}

describe("writers in any order of steps", () => {
  it.each(Array.from({ length: 6 }, (_, index) => index))("lose and double nothing (%i)", async (lot) => {
    const seeds = Array.from({ length: SCHEDULES }, (_, index) => lot * SCHEDULES + index);
    await Promise.all(
      seeds.map(async (seed) => {
        const schedule = new Schedule(seed);
        await schedule.run();
        const rows = schedule.rows();
        const doubled = rows.filter((id, index) => rows.indexOf(id) !== index);
        const lost = [...schedule.confirmed].filter((id) => !rows.includes(id));
        expect({ seed, doubled, lost, early: schedule.early }).toEqual({
          seed,
          doubled: [],
          lost: [],
          early: [],
        });
        expect(schedule.confirmed.size).toBe(30);
      }),
    );
  });
});
