import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { seeded } from "../../src/platform/seeded.ts";
import type { IdentifiedProject } from "../../src/project/project-index.ts";
import { projectsIn, type Projects } from "../../src/project/projects.ts";
import type { ProjectRegistry } from "../../src/project/project-registry.ts";
import { idsIn, newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { faultyStore } from "../object-store/faulty-store.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { slowStore } from "../object-store/slow-store.ts";
import { newProject } from "./definitions.ts";

const IMAGE = `${"5".repeat(64)}.webp`;
const ANN = "7";
const BOB = "8";
const LIMIT = 1_000_000;

let objects: Map<string, StoredObject>;
let projects: Projects;
let registry: ProjectRegistry<undefined>;

beforeEach(() => {
  objects = new Map();
  projects = projectsOn(quickStore(objects));
  registry = projects.register(() => undefined);
});

function projectsOn(store: ObjectStore): Projects {
  return projectsIn(store, {
    secret: "sixteen characters or more",
    log: memoryLog().log,
    now: Date.now,
    random: Math.random,
    wait: () => setImmediate(undefined),
  });
}

let channels = 0;

function create(question = "Cat?"): Promise<IdentifiedProject> {
  channels += 1;
  return projects.index.create(newId(), newProject(String(channels), { question }));
}

/** Saves an answer. */
async function label(
  found: IdentifiedProject | null,
  userId: string,
  { id = newId(), by = registry } = {},
): Promise<string> {
  using opened = by.open(found);
  const person = opened.project.pseudonymsOf(userId);
  const row = { id, image: IMAGE, label: 1, labeler: person.labeler, round: "1" } as const;
  return opened.project.labels.append(row, person);
}

async function upload(found: IdentifiedProject | null, userId: string): Promise<void> {
  using opened = registry.open(found);
  const person = opened.project.pseudonymsOf(userId);
  const row = { jobId: newId(), position: 1, image: IMAGE, uploader: person.uploader, name: "a, b.png" };
  await opened.project.uploads.append(row, person);
}

/** Excludes somebody because of their answers so far. */
async function exclude(found: IdentifiedProject | null, userId: string, id = newId()): Promise<string> {
  using opened = registry.open(found);
  const { labeler } = opened.project.pseudonymsOf(userId);
  return opened.project.exclusions.set({ id, labeler, excluded: true, reason: "always, 1" });
}

const rowsOf = (id: string): Promise<string[]> => idsIn(quickStore(objects), `projects/${id}/labels/`);

describe("the data of a person in many projects", () => {
  it("is collected into one file per table that names the project of each row", async () => {
    const [cats, dogs, birds] = [await create("Cat?"), await create("Dog?"), await create("Bird?")];
    const ids = [newId(), newId(), newId()];
    await label(dogs, ANN, { id: ids[2] });
    await label(null, ANN, { id: ids[0] });
    await label(cats, ANN, { id: ids[1] });
    await upload(cats, ANN);
    await label(birds, BOB);
    const { labels, uploads, projects: found } = await projects.personalData.collect(ANN, LIMIT);
    const [header, ...rows] = labels.csv?.toString().split("\r\n") ?? [];
    expect(header).toBe("project,id,labeled_at,image,label,labeler,round");
    expect(rows.map((row) => row.split(",").slice(0, 2)).filter(([name]) => name !== "")).toEqual([
      ["hotdog", ids[0]],
      [cats.id, ids[1]],
      [dogs.id, ids[2]],
    ]);
    expect(labels.rows).toBe(3);
    expect(uploads.csv?.toString()).toMatch(
      new RegExp(`^project,id,uploaded_at,image,uploader,name\r\n${cats.id},\\d+-1,.*,"a, b.png"\r\n$`),
    );
    expect(found).toEqual([
      { id: null, definition: undefined, labels: 1, uploads: 0, exclusions: 0 },
      { ...cats, labels: 1, uploads: 1, exclusions: 0 },
      { ...dogs, labels: 1, uploads: 0, exclusions: 0 },
    ]);
  });

  it("is as it was before there were projects if it is of the built-in one alone", async () => {
    const cats = await create();
    await label(cats, ANN);
    await projects.personalData.erase(ANN, newId());
    await label(null, ANN);
    const { labels, uploads, projects: found } = await projects.personalData.collect(ANN, LIMIT);
    expect(labels.csv?.toString()).toMatch(/^id,labeled_at,image,label,labeler,round\r\n\d+,.*\r\n$/);
    expect(uploads.rows).toBe(0);
    expect(found).toEqual([{ id: null, definition: undefined, labels: 1, uploads: 0, exclusions: 0 }]);
  });

  it("includes exclusions with their reasons, which are erased with the answers", async () => {
    const cats = await create("Cat?");
    await label(cats, ANN);
    await label(null, ANN);
    expect(await exclude(cats, ANN)).toBe("written");
    expect(await exclude(null, BOB)).toBe("erased");
    const { exclusions, projects: found } = await projects.personalData.collect(ANN, LIMIT);
    expect(exclusions.rows).toBe(1);
    expect(exclusions.csv?.toString()).toMatch(
      new RegExp(`^project,id,changed_at,labeler,excluded,reason\r\n${cats.id},\\d+,.*,yes,"always, 1"\r\n$`),
    );
    expect(found.map((each) => each.exclusions)).toEqual([0, 1]);
    const { projects: erased } = await projects.personalData.erase(ANN, newId());
    expect(erased.map((each) => [each.id, each.labels, each.exclusions])).toEqual([
      [null, 1, 0],
      [cats.id, 1, 1],
    ]);
    expect((await projects.personalData.collect(ANN, LIMIT)).exclusions.rows).toBe(0);
    // A moderator who still sees the person in an old list.
    expect(await exclude(cats, ANN)).toBe("erased");
  });

  it("is only counted if all projects together exceed the size limit", async () => {
    const [cats, dogs] = [await create(), await create()];
    for (const found of [cats, dogs, null]) await label(found, ANN);
    const size = (await projects.personalData.collect(ANN, LIMIT)).labels.csv?.length ?? 0;
    const { labels } = await projects.personalData.collect(ANN, Math.floor(size / 2));
    expect(labels).toEqual({ rows: 3, csv: undefined });
  });

  it("is erased everywhere, is counted alike each time, and is nobody else's", async () => {
    const [cats, dogs] = [await create("Cat?"), await create("Dog?")];
    for (const found of [cats, dogs, null]) {
      await label(found, ANN);
      await label(found, BOB);
    }
    await projects.index.close(dogs.id, Date.now());
    const id = newId();
    const { projects: erased } = await projects.personalData.erase(ANN, id);
    expect(erased.map((each) => [each.id, each.definition?.question, each.labels])).toEqual([
      [null, undefined, 1],
      [cats.id, "Cat?", 1],
      [dogs.id, "Dog?", 1],
    ]);
    expect(await projects.personalData.erase(ANN, id)).toEqual({ projects: erased });
    expect((await projects.personalData.collect(ANN, LIMIT)).labels.rows).toBe(0);
    expect((await projects.personalData.collect(BOB, LIMIT)).labels.rows).toBe(3);
  });

  it("is erased although the project's definition is damaged", async () => {
    const cats = await create();
    await label(cats, ANN);
    await quickStore(objects).put(`projects/${cats.id}/project.json`, Buffer.from("{"));
    const { projects: erased } = await projects.personalData.erase(ANN, newId());
    expect(erased).toEqual([{ id: cats.id, definition: undefined, labels: 1, uploads: 0, exclusions: 0 }]);
    expect(await rowsOf(cats.id)).toEqual([]);
  });

  it("is not looked for in a deleted project, which stays without objects", async () => {
    const cats = await create();
    await label(cats, ANN);
    for (const key of objects.keys()) if (key.startsWith(`projects/${cats.id}/`)) objects.delete(key);
    await projects.personalData.erase(ANN, newId());
    expect([...objects.keys()].filter((key) => key.startsWith(`projects/${cats.id}/`))).toEqual([]);
  });

  it("costs the same to erase from 3 of 3 projects as from 3 of 300", async () => {
    const costs: number[] = [];
    for (const others of [0, 297]) {
      objects.clear();
      for (let count = 0; count < 3; count += 1) await label(await create(), ANN);
      for (let count = 0; count < others; count += 1) await label(await create(), BOB);
      let requests = 0;
      const counting = faultyStore(quickStore(objects), ({ when }) => {
        if (when === "before") requests += 1;
      });
      const { projects: erased } = await projectsOn(counting).personalData.erase(ANN, newId());
      expect(erased).toHaveLength(3);
      costs.push(requests);
    }
    expect(costs[1]).toBe(costs[0]);
  });
});

describe("the first answer of a person in a project", () => {
  it("is gone if it was given before an erasure, whoever is faster, and stays if it was given after", async () => {
    for (let seed = 0; seed < 200; seed += 1) {
      objects = new Map();
      projects = projectsOn(quickStore(objects));
      const cats = await create();
      const [early, erasure, late] = [newId(), newId(), newId()];
      // One process labels, another erases.
      const random = seeded(seed);
      const labeling = projectsOn(slowStore(objects, random)).register(() => undefined);
      const erasing = projectsOn(slowStore(objects, random)).personalData;
      const [first, second] = await Promise.all([
        label(cats, ANN, { id: early, by: labeling }),
        label(cats, ANN, { id: late, by: labeling }),
        erasing.erase(ANN, erasure),
      ]);
      expect(["written", "erased"]).toContain(first);
      expect(second).toBe("written");
      expect(await rowsOf(cats.id)).toEqual([late]);
    }
  });

  it("is refused if its marker arrives only after an erasure has looked for markers", async () => {
    const cats = await create();
    const { promise: paused, resolve: pause } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let isFirst = true;
    const store = quickStore(objects);
    const pausing: ObjectStore = {
      ...store,
      async put(key, ...rest) {
        if (isFirst && key.startsWith("people/")) {
          isFirst = false;
          pause();
          await released;
        }
        return store.put(key, ...rest);
      },
    };
    const labeled = label(cats, ANN, { by: projectsOn(pausing).register(() => undefined) });
    await paused;
    await projects.personalData.erase(ANN, newId());
    release();
    expect(await labeled).toBe("erased");
    expect(await rowsOf(cats.id)).toEqual([]);
  });
});
