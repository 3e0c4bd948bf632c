import * as fc from "fast-check";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { createHash } from "node:crypto";
import { PART_SIZE } from "../../src/append-log/part-sequence.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { createLog } from "../../src/platform/log.ts";
import { erasure } from "../../src/project/erasure.ts";
import { labelFile, labelsIn, storedAnswers } from "../../src/project/label-file.ts";
import { labelTally } from "../../src/project/label-tally.ts";
import { newId } from "../append-log/rows.ts";
import { quickStore } from "../object-store/memory-store.ts";

const PEOPLE = ["ann", "bob", "nobody"] as const;
const ANSWERS = storedAnswers(HOTDOG_QUESTION);
const log = createLog({ level: "silent" });
const options = { log, now: Date.now, random: Math.random, wait: () => setImmediate() };

interface Step {
  /** What happens while the tally is read, or before that. */
  event:
    | { kind: "append"; writer: number; person: (typeof PEOPLE)[number]; isLong: boolean }
    /** Begins, and waits before its first PUT. That of "nobody" is no more than a fence. */
    | { kind: "erasure"; person: (typeof PEOPLE)[number] }
    /** Erasures go on to the next PUT, one after the other. */
    | { kind: "continue"; puts: number }
    | { kind: "time"; milliseconds: number };
  read: "no" | "during" | "after";
  allowErased: boolean;
}

const person = fc.constantFrom(...PEOPLE);
const step: fc.Arbitrary<Step> = fc.record({
  event: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("append" as const),
        writer: fc.nat(1),
        person,
        isLong: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("erasure" as const), person }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant("continue" as const), puts: fc.integer({ min: 1, max: 6 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("time" as const),
        milliseconds: fc.constantFrom(1, 4_000, 9_999, 10_000),
      }),
    },
  ),
  read: fc.constantFrom("no", "during", "after", "after"),
  allowErased: fc.boolean(),
});

/** Two writers, erasures that stop before each PUT, and a tally. Each answer is to another image. */
class Schedule {
  private time = 0;
  private readonly objects = new Map<string, StoredObject>();
  private readonly store = quickStore(this.objects);
  private readonly writers = [labelFile(this.store, options), labelFile(this.store, options)];
  private readonly tally = labelTally(this.store, HOTDOG_QUESTION, { log, now: () => this.time });
  /** PUTs of erasures that wait. */
  private readonly held: (() => void)[] = [];
  private readonly erasures = new Set<Promise<unknown>>();
  /** When the answers to these images were gone. */
  private readonly goneAt = new Map<string, number>();

  /** @returns the images whose answers a read should have counted but did not, or the other way round */
  async run({ event, read, allowErased }: Step): Promise<{ missing: string[]; erased: string[] }> {
    const before = this.stored();
    const happening = this.happen(event);
    if (read === "after") await happening;
    const between = this.stored();
    const tally = read === "no" ? undefined : await this.tally.read({ allowErased });
    await happening;
    const after = this.stored();
    for (const image of before.difference(after)) this.goneAt.set(image, this.time);
    if (tally === undefined) return { missing: [], erased: [] };
    const counted = new Set(
      tally.votes.images.filter((_, image) => tally.votes.byImage[image]?.length === 1),
    );
    const recent = [...this.goneAt].filter(([, at]) => this.time - at < 10_000).map(([image]) => image);
    const allowed = allowErased ? after.union(between).union(new Set(recent)) : after.union(between);
    return {
      missing: [...between.intersection(after).difference(counted)],
      erased: [...counted.difference(allowed)],
    };
  }

  /** Lets all erasures end. */
  async end(): Promise<void> {
    while (this.erasures.size > 0) await this.continue();
  }

  /** The images with answers in the store. */
  private stored(): Set<string> {
    const parts = [...this.objects].filter(([key]) => key.startsWith("labels/"));
    return new Set(parts.flatMap(([, { body }]) => labelsIn(body, ANSWERS).rows.map(({ image }) => image)));
  }

  private async happen(event: Step["event"]): Promise<void> {
    if (event.kind === "append") await this.append(event);
    else if (event.kind === "erasure") await this.erase(event.person);
    else if (event.kind === "time") this.time += event.milliseconds;
    else for (let put = 0; put < event.puts; put += 1) await this.continue();
  }

  /** Three long rows fill a part. */
  private async append({
    writer,
    person: labeler,
    isLong,
  }: Step["event"] & { kind: "append" }): Promise<void> {
    const id = newId();
    const image = `${createHash("sha256").update(id).digest("hex")}.jpg`;
    const round = isLong ? "1".repeat(PART_SIZE / 3) : "1";
    await this.writers[writer]?.append(
      { id, image, label: 1, labeler, round },
      { tombstone: `tombstone-of-${labeler}` },
    );
  }

  private async erase(labeler: string): Promise<void> {
    const stopping: ObjectStore = {
      ...this.store,
      put: async (...parameters) => {
        await new Promise<void>((resolve) => void this.held.push(resolve));
        return this.store.put(...parameters);
      },
    };
    const names = { labeler, uploaders: [], tombstone: `tombstone-of-${labeler}` };
    const running = erasure(stopping, options).erase(names, newId());
    this.erasures.add(running);
    void running.finally(() => this.erasures.delete(running));
    await this.settled();
  }

  private async continue(): Promise<void> {
    this.held.shift()?.();
    await this.settled();
  }

  /** Waits until some erasure waits for its PUT, or none is left. */
  private async settled(): Promise<void> {
    while (this.held.length === 0 && this.erasures.size > 0) await setImmediate();
  }
}

it("a tally has every durable answer, and none that was erased before, or 10 seconds before if that is allowed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: "max" }), async (steps) => {
      const schedule = new Schedule();
      try {
        for (const one of steps) expect(await schedule.run(one)).toEqual({ missing: [], erased: [] });
      } finally {
        await schedule.end();
      }
    }),
    { numRuns: 60 },
  );
});
