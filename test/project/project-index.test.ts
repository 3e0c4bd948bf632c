import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { projectIndex, type ProjectIndex } from "../../src/project/project-index.ts";
import { newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { faultyStore } from "../object-store/faulty-store.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { slowStore } from "../object-store/slow-store.ts";
import { newProject } from "./definitions.ts";

const [HERE, THERE] = ["100", "200"];
const SCHEDULES = 150;

let objects: Map<string, StoredObject>;
let index: ProjectIndex;

beforeEach(() => {
  objects = new Map();
  index = indexOn(quickStore(objects));
});

function indexOn(store: ObjectStore, deadline = 60_000): ProjectIndex {
  const wait = () => setImmediate(undefined);
  return projectIndex(store, { log: memoryLog().log, now: Date.now, random: Math.random, wait, deadline });
}

async function idAt(channel: string): Promise<string | undefined> {
  const found = await index.readChannel(channel);
  return typeof found === "object" ? found.id : found;
}

/** Runs a scenario on fresh objects under many interleavings of the store's operations. */
async function inEverySchedule(scenario: (racer: ProjectIndex) => Promise<void>): Promise<void> {
  for (let seed = 0; seed < SCHEDULES; seed += 1) {
    objects = new Map();
    index = indexOn(quickStore(objects));
    await scenario(indexOn(slowStore(objects, seeded(seed))));
  }
}

/** Runs work that dies before and after each of its store operations in turn, and then what should hold. @returns how often it died */
async function dyingAnywhere(
  work: (mortal: ProjectIndex) => Promise<unknown>,
  { before, after }: { before?: () => Promise<unknown>; after: () => Promise<void> },
): Promise<number> {
  for (let at = 0; ; at += 1) {
    objects = new Map();
    index = indexOn(quickStore(objects));
    await before?.();
    let moments = 0;
    const store = faultyStore(quickStore(objects), () => {
      moments += 1;
      if (moments > at) throw new Error("the process is dead");
    });
    await work(indexOn(store, 0)).catch(() => {});
    await after();
    if (moments <= at) return at;
  }
}

describe("creating a project", () => {
  it("gives a channel its project, and other channels none", async () => {
    const id = newId();
    const created = await index.create(id, newProject(HERE));
    expect(created).toMatchObject({ id, definition: { ...newProject(HERE), version: 1 } });
    expect(await index.readChannel(HERE)).toEqual(created);
    expect(await index.read(id)).toEqual(created.definition);
    expect(await index.readChannel(THERE)).toBeUndefined();
  });

  it("by three people at once in one channel creates one project, which all three get", async () => {
    await inEverySchedule(async (racer) => {
      const ids = [newId(), newId(), newId()];
      const created = await Promise.all(ids.map((id) => racer.create(id, newProject(HERE))));
      const [winner = ""] = new Set(created.map(({ id }) => id));
      expect(created.every(({ id }) => id === winner)).toBe(true);
      expect(await idAt(HERE)).toBe(winner);
      const definitions = await Promise.all(ids.map((id) => index.read(id)));
      expect(definitions.filter((definition) => definition !== undefined)).toHaveLength(1);
    });
  });

  it("is completed by the next delivery, wherever the first one died", async () => {
    const id = newId();
    const deaths = await dyingAnywhere((mortal) => mortal.create(id, newProject(HERE)), {
      async after() {
        expect((await index.create(id, newProject(HERE))).id).toBe(id);
        expect(await idAt(HERE)).toBe(id);
      },
    });
    expect(deaths).toBeGreaterThan(4);
  });

  it("changes nothing when it is delivered again after the project was edited, moved or closed", async () => {
    const id = newId();
    await index.create(id, newProject(HERE));
    await index.change(id, () => ({ question: "Cat?" }));
    expect((await index.create(id, newProject(HERE))).definition.question).toBe("Cat?");
    await index.move(id, { channel: THERE, guild: "9" });
    expect((await index.create(id, newProject(HERE))).definition.channel).toBe(THERE);
    expect(await idAt(HERE)).toBe("closed");
    await index.close(id, Date.now());
    const next = newId();
    await index.create(next, newProject(THERE));
    expect((await index.create(id, newProject(HERE))).id).toBe(id);
    expect(await idAt(THERE)).toBe(next);
  });

  it("replaces a closed project of the channel, with one winner, and keeps the closed one", async () => {
    await inEverySchedule(async (racer) => {
      const old = newId();
      await index.create(old, newProject(HERE));
      await index.close(old, Date.now());
      expect(await idAt(HERE)).toBe("closed");
      const ids = [newId(), newId()];
      const [one, two] = await Promise.all(ids.map((id) => racer.create(id, newProject(HERE))));
      expect(one?.id).toBe(two?.id);
      expect(await idAt(HERE)).toBe(one?.id);
      expect(await index.read(old)).toBeDefined();
    });
  });

  it("never removes a project that has been in use", async () => {
    const [lost, holder] = [newId(), newId()];
    await index.create(holder, newProject(HERE));
    // Its definition is left from a move that failed half-way.
    await index.create(lost, newProject(THERE));
    objects.delete(`projects/channels/${THERE}`);
    await index.create(newId(), newProject(THERE));
    await quickStore(objects).put(`projects/${lost}/labels/00000.csv`, Buffer.from("id"));
    expect((await index.create(lost, newProject(THERE))).id).not.toBe(lost);
    expect(await index.read(lost)).toBeDefined();
  });
});

describe("changing a project", () => {
  it("keeps what others change at the same time", async () => {
    await inEverySchedule(async (racer) => {
      const id = newId();
      await index.create(id, newProject(HERE));
      await Promise.all([
        racer.change(id, () => ({ question: "Cat?" })),
        racer.change(id, ({ labels }) => ({ labels: [...labels, "Both"] })),
        racer.close(id, 1_800_000_000_000),
      ]);
      expect(await index.read(id)).toMatchObject({
        question: "Cat?",
        labels: ["🐱 Cat", "🐶 Dog", "Neither", "Both"],
        closedAt: "2027-01-15T08:00:00.000Z",
      });
    });
  });

  it("refuses at once what exceeds the limits, and writes nothing without a change", async () => {
    const id = newId();
    const { definition } = await index.create(id, newProject(HERE));
    await expect(index.change(id, () => ({ labels: ["Cat"] }))).rejects.toThrow("labels");
    expect(await index.change(id, () => undefined)).toEqual(definition);
    expect(await index.change("1", () => ({ question: "Cat?" }))).toBeUndefined();
    expect(await index.close("1", Date.now())).toBeUndefined();
    expect(await index.read(id)).toEqual(definition);
  });

  it("keeps the time at which a project was first closed", async () => {
    const id = newId();
    await index.create(id, newProject(HERE));
    const first = await index.close(id, Date.now() - 1_000);
    expect(await index.close(id, Date.now())).toEqual(first);
  });
});

describe("moving a project", () => {
  const to = { channel: THERE, guild: "8" };

  it("closes its old channel, which may get a new project, and can be undone", async () => {
    const id = newId();
    await index.create(id, newProject(HERE));
    expect(await index.move(id, to)).toMatchObject({ id, definition: to });
    expect([await idAt(HERE), await idAt(THERE)]).toEqual(["closed", id]);
    await index.move(id, { channel: HERE, guild: "9" });
    expect([await idAt(HERE), await idAt(THERE)]).toEqual([id, "closed"]);
  });

  it("is completed by the next attempt, wherever the first one died", async () => {
    const id = newId();
    const deaths = await dyingAnywhere((mortal) => mortal.move(id, to), {
      before: () => index.create(id, newProject(HERE)),
      async after() {
        expect((await index.move(id, to))?.id).toBe(id);
        expect([await idAt(HERE), await idAt(THERE)]).toEqual(["closed", id]);
      },
    });
    expect(deaths).toBeGreaterThan(4);
  });

  it("leaves everything as it was when the other channel has an open project", async () => {
    const [id, other] = [newId(), newId()];
    await index.create(id, newProject(HERE));
    await index.create(other, newProject(THERE));
    expect((await index.move(id, to))?.id).toBe(other);
    expect([await idAt(HERE), await idAt(THERE)]).toEqual([id, other]);
  });

  it("is refused for a closed project and for one that does not exist", async () => {
    const id = newId();
    await index.create(id, newProject(HERE));
    await index.close(id, Date.now());
    await expect(index.move(id, to)).rejects.toThrow(`project ${id} is closed and cannot be moved`);
    expect(await index.move("1", to)).toBeUndefined();
  });

  it.each([
    ["to its new channel", HERE, THERE],
    ["back to a channel it had before", THERE, HERE],
  ])("%s while a project is created there gives the channel to one of the two", async (_, from, target) => {
    await inEverySchedule(async (racer) => {
      const [moved, created] = [newId(), newId()];
      await index.create(moved, newProject(HERE));
      if (from !== HERE) await index.move(moved, { channel: from, guild: "9" });
      const [afterMove, afterCreate] = await Promise.all([
        racer.move(moved, { channel: target, guild: "9" }),
        racer.create(created, newProject(target)),
      ]);
      expect(afterMove?.id).toBe(afterCreate.id);
      expect(await idAt(target)).toBe(afterCreate.id);
      expect(await idAt(from)).toBe(afterCreate.id === created ? moved : "closed");
    });
  });

  it("away from a channel while a project is created there loses neither", async () => {
    await inEverySchedule(async (racer) => {
      const [moved, created] = [newId(), newId()];
      await index.create(moved, newProject(HERE));
      const [, afterCreate] = await Promise.all([
        racer.move(moved, to),
        racer.create(created, newProject(HERE)),
      ]);
      expect(await idAt(THERE)).toBe(moved);
      expect(await idAt(HERE)).toBe(afterCreate.id === created ? created : "closed");
    });
  });
});

describe("the index of projects", () => {
  it("reports a damaged pointer or definition, instead of a channel without a project", async () => {
    const id = newId();
    await index.create(id, newProject(HERE));
    const store = quickStore(objects);
    await store.put(`projects/${id}/project.json`, Buffer.from("{}"));
    await expect(index.readChannel(HERE)).rejects.toThrow(`projects/${id}/project.json cannot be used`);
    await store.put(`projects/channels/${HERE}`, Buffer.from("{}"));
    await expect(index.readChannel(HERE)).rejects.toThrow(`projects/channels/${HERE} cannot be used`);
  });
});
