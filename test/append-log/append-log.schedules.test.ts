import { describe, expect, it } from "vitest";
import { createLog } from "../../src/platform/log.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { appendLog, type AppendLog } from "../../src/append-log/append-log.ts";
import { erasure, type Erasure } from "../../src/project/erasure.ts";
import { EXCLUSION_TABLE } from "../../src/project/exclusion-file.ts";
import { LABEL_TABLE } from "../../src/project/label-file.ts";
import type { StoredObject } from "../../src/object-store/object-store.ts";
import { memoryStore, type Around } from "../object-store/memory-store.ts";
import { newId, readPart } from "./rows.ts";
import { noteless } from "./simulation.ts";
import { turnClock } from "./turns.ts";

/** A part holds about five rows, so that parts close often. */
const TABLE = { ...LABEL_TABLE, partSize: 240 };
const EXCLUSIONS = { ...EXCLUSION_TABLE, partSize: 240 };
const PEOPLE = ["ann", "bob", "cat"] as const;
/** Asks for erasure in half of the schedules. */
const ERASED = PEOPLE[0];
/** A row of the label table with an answer of that person. */
const ANSWER = new RegExp(`^(\\d+),(?:[^,]*,){3}${ERASED},`, "gm");
const tombstoneOf = (labeler: string): string => `tombstone of ${labeler}`;
const NAMES = { labeler: ERASED, uploader: "", uploaders: [], tombstone: tombstoneOf(ERASED) };
const DAY = 24 * 60 * 60 * 1000;
/** Up to a fifth of the steps fail, and nobody reads the warnings. */
const log = createLog({ level: "silent" });
const LOTS = [0, 1, 2, 3];
/** Schedules per lot. */
const SCHEDULES = 100;

/** Shared by all schedules, which run concurrently. */
const { now: clock, pass } = turnClock();

interface Writer {
  file: AppendLog;
  exclusions: AppendLog;
  people: Erasure;
  dead: boolean;
  /** Resolves when the writer is killed. */
  killed: PromiseWithResolvers<void>;
}

type PersonRow = { id: string; labeler: (typeof PEOPLE)[number] };

/** Writers on a store whose operations take any time, fail before or after they are done, land late, or kill the writer. */
class Schedule {
  readonly objects = new Map<string, StoredObject>();
  /** The labeler of each row, by id. */
  readonly made = new Map<string, PersonRow["labeler"]>();
  readonly done = new Set<string>();
  /** Rows whose job gets one attempt only: it is lost with its process, or dropped after a failure. */
  readonly abandoned = new Set<string>();
  /** Rows confirmed as saved. */
  readonly confirmed = new Set<string>();
  /** Rows confirmed before they were in the store. */
  readonly early: string[] = [];
  /** Rows of the erased person up to this id must be gone. */
  upTo = 0n;
  /** The person's newest answer that each exclusion was based on when it was written, by its id. */
  readonly excluded = new Map<string, bigint>();
  /** The counts that the deliveries of each erasure reported, by its id. */
  readonly reported = new Map<string, string[]>();
  private readonly random: () => number;
  private readonly errors: number;
  private readonly kills: number;
  /** Share of PUTs that may be given up while they are under way. */
  private readonly hangs: number;
  /** Share of writers that neither write nor see notes. */
  private readonly noteless: number;
  private readonly writers: Writer[];

  constructor(seed: number) {
    this.random = seeded(seed);
    this.errors = this.chance(0.5) ? this.random() * 0.2 : 0;
    this.kills = this.chance(0.4) ? 0.004 : 0;
    this.hangs = this.chance(0.5) ? this.random() * 0.3 : 0;
    this.noteless = this.chance(0.3) ? this.random() : 0;
    this.writers = Array.from({ length: 2 + Math.floor(this.random() * 3) }, () => this.newWriter());
  }

  async run(): Promise<void> {
    const age = (): number => (this.chance(0.2) ? 3 * DAY : 0);
    const erasures = this.chance(0.5) ? 0.1 : 0;
    const exclusions = this.chance(0.5) ? 0.1 : 0;
    const abandons = this.chance(0.5) ? 0.3 : 0;
    const deliveries: Promise<void>[] = [];
    for (let count = 0; count < 30; count += 1) {
      const labeler = PEOPLE[Math.floor(this.random() * PEOPLE.length)] ?? ERASED;
      const row = { id: newId(Date.now() - age()), labeler };
      this.made.set(row.id, labeler);
      if (this.chance(abandons)) this.abandoned.add(row.id);
      deliveries.push(this.deliver(row));
      if (this.chance(0.3)) deliveries.push(this.deliver(row));
      if (this.chance(erasures)) deliveries.push(this.erase(newId()));
      if (this.chance(exclusions)) deliveries.push(this.exclude(newId()));
      if (this.chance(0.5)) await this.delay();
    }
    await Promise.all(deliveries);
    await pass(200);
  }

  rows(): PersonRow[] {
    return [...this.objects].flatMap(([key, { body }]) =>
      key.startsWith(TABLE.prefix)
        ? readPart(body.toString()).rows.map(([id = "", , , , labeler]) => ({ id, labeler }) as PersonRow)
        : [],
    );
  }

  /** The ids of the answers of the erased person, in ascending order. Searches the text, as `hasRow` does. */
  answers(): bigint[] {
    const ids = [...this.objects].flatMap(([key, { body }]) =>
      key.startsWith(TABLE.prefix)
        ? Array.from(body.toString().matchAll(ANSWER), ([, id = ""]) => BigInt(id))
        : [],
    );
    return ids.toSorted((a, b) => (a < b ? -1 : 1));
  }

  exclusions(): string[] {
    return [...this.objects].flatMap(([key, { body }]) =>
      key.startsWith(EXCLUSIONS.prefix) ? readPart(body.toString()).rows.map(([id = ""]) => id) : [],
    );
  }

  /** Searches the bytes: parsing the table as CSV would take most of the time of a schedule. */
  hasRow(id: string): boolean {
    const line = `\n${id},`;
    return [...this.objects].some(([key, { body }]) => key.startsWith(TABLE.prefix) && body.includes(line));
  }

  isErasedRow(id: string): boolean {
    return BigInt(id) <= this.upTo && this.made.get(id) === ERASED;
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }

  private delay(): Promise<void> {
    return pass(Math.floor(this.random() * (this.chance(0.1) ? 40 : 5)));
  }

  private async late(): Promise<never> {
    await this.delay();
    throw new Error("given up");
  }

  private newWriter(): Writer {
    const writer = { dead: false, killed: Promise.withResolvers<void>() } as Writer;
    const never = (): Promise<never> => new Promise<never>(() => {});
    const around: Around = async (act, method) => {
      if (writer.dead || this.chance(this.kills)) {
        writer.dead = true;
        writer.killed.resolve();
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
    const options = {
      log,
      now: Date.now,
      random: this.random,
      wait: () => this.delay(),
      clock,
      inTime: <T>(_: number, work: Promise<T>) =>
        this.chance(this.hangs) ? Promise.race([work, this.late()]) : work,
    };
    const shared = memoryStore(this.objects, around);
    // Some workers have not been upgraded yet, or the store keeps no notes.
    const store = this.chance(this.noteless) ? noteless(shared) : shared;
    writer.file = appendLog(store, TABLE, options);
    writer.exclusions = appendLog(store, EXCLUSIONS, options);
    writer.people = erasure(store, options);
    return writer;
  }

  private async deliver(row: PersonRow): Promise<void> {
    const attempts = this.abandoned.has(row.id) ? 1 : 60;
    await this.delivered(attempts, async ({ file }) => {
      const whole = { ...row, image: "x".repeat(Math.floor(this.random() * 10)) };
      const became = await file.append(whole, tombstoneOf(row.labeler));
      if (became === "erased") return;
      this.confirmed.add(row.id);
      if (!this.isErasedRow(row.id) && !this.hasRow(row.id)) this.early.push(row.id);
    });
    this.done.add(row.id);
  }

  /** A moderator excludes the person who may be erased, because of the answers before this id. */
  private async exclude(id: string): Promise<void> {
    await this.delivered(60, async ({ exclusions }) => {
      const basis = this.answers().findLast((answer) => answer < BigInt(id));
      if (basis === undefined) return;
      const row = { id, changed_at: "", labeler: ERASED, excluded: "yes", reason: "" };
      if ((await exclusions.append(row, tombstoneOf(ERASED), String(basis))) === "written")
        this.excluded.set(id, basis);
    });
  }

  private async erase(id: string): Promise<void> {
    this.upTo = BigInt(id);
    const counts: string[] = [];
    this.reported.set(id, counts);
    await this.delivered(60, async ({ people }) => {
      counts.push(JSON.stringify(await people.erase(NAMES, id)));
    });
  }

  /** Delivers like a queue: to any writer, again after a failure, and sometimes again after a success. */
  private async delivered(attempts: number, work: (writer: Writer) => Promise<void>): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const index = Math.floor(this.random() * this.writers.length);
      if (this.writers[index]?.dead ?? true) this.writers[index] = this.newWriter();
      const writer = this.writers[index];
      if (writer !== undefined && (await this.survived(writer, work)) && this.chance(0.7)) return;
    }
  }

  private async survived(writer: Writer, work: (writer: Writer) => Promise<void>): Promise<boolean> {
    const done = work(writer).then(
      () => true,
      () => false,
    );
    return Promise.race([done, writer.killed.promise.then(() => false)]);
  }
}

/** Exclusions that are about no answer that is left, and exclusions about answers that are left but that are gone or there twice. */
function exclusionProblems(schedule: Schedule) {
  const rows = schedule.exclusions();
  const [first] = schedule.answers();
  const isKept = (id: string): boolean => rows.filter((row) => row === id).length === 1;
  return {
    keptExclusions: rows.filter((id) => first === undefined || BigInt(id) < first),
    lostExclusions: [...schedule.excluded].filter(([id, basis]) => basis > schedule.upTo && !isKept(id)),
  };
}

describe("writers and erasures in any order of steps", () => {
  it.each(LOTS)("lose and duplicate nothing, and keep nothing of an erased person (%i)", async (lot) => {
    const seeds = Array.from({ length: SCHEDULES }, (_, index) => lot * SCHEDULES + index);
    await Promise.all(
      seeds.map(async (seed) => {
        const schedule = new Schedule(seed);
        await schedule.run();
        const rows = schedule.rows();
        const ids = rows.map(({ id }) => id);
        expect({
          seed,
          duplicated: ids.filter((id, index) => ids.indexOf(id) !== index),
          lost: [...schedule.confirmed].filter((id) => !ids.includes(id) && !schedule.isErasedRow(id)),
          early: schedule.early,
          kept: ids.filter((id) => schedule.isErasedRow(id)),
          ...exclusionProblems(schedule),
          differing: [...schedule.reported.values()].filter((counts) => new Set(counts).size !== 1),
        }).toEqual({
          seed,
          duplicated: [],
          lost: [],
          early: [],
          kept: [],
          keptExclusions: [],
          lostExclusions: [],
          differing: [],
        });
        expect(schedule.done.size).toBe(30);
      }),
    );
  });
});
