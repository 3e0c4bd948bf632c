import { beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { people } from "../../src/project/people.ts";
import { projectIndex, type IdentifiedProject, type ProjectIndex } from "../../src/project/project-index.ts";
import { projectRegistry, type ProjectRegistry } from "../../src/project/project-registry.ts";
import { newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { faultyStore } from "../object-store/faulty-store.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { newProject } from "./definitions.ts";

const [HERE, THERE] = ["100", "200"];
const IMAGE = `${"5".repeat(64)}.webp`;

let objects: Map<string, StoredObject>;
let requests: number;
let store: ObjectStore;
let index: ProjectIndex;
let time: number;
let registry: ProjectRegistry<{ labels: number }>;

beforeEach(() => {
  objects = new Map();
  requests = 0;
  time = Date.now();
  store = faultyStore(quickStore(objects), ({ when }) => {
    if (when === "before") requests += 1;
  });
  index = projectIndex(store, { log: memoryLog().log, now: Date.now, random: Math.random });
  registry = registryOf();
});

function registryOf(limits: { maxProjects?: number; maxRows?: number } = {}): typeof registry {
  return projectRegistry(store, {
    secret: "sixteen characters or more",
    index,
    people: people(store),
    attach: ({ question }) => ({ labels: question.labels.length }),
    log: memoryLog().log,
    now: () => time,
    random: Math.random,
    ...limits,
  });
}

const create = (channel: string): Promise<IdentifiedProject> => index.create(newId(), newProject(channel));

async function countRequests(work: () => Promise<unknown>): Promise<number> {
  const before = requests;
  await work();
  return requests - before;
}

/** Saves an answer of a person in the project of a channel. */
async function press(channel: string, userId = "7"): Promise<void> {
  const found = await registry.at(channel);
  if (typeof found !== "object") throw new Error("the channel has no open project");
  using opened = registry.open(found);
  await label(opened.project, userId);
}

async function label(
  { labels, pseudonymsOf }: ReturnType<typeof registry.open>["project"],
  userId: string,
): Promise<void> {
  const person = pseudonymsOf(userId);
  await labels.append({ id: newId(), image: IMAGE, label: 1, labeler: person.labeler, round: "1" }, person);
}

describe("the project of a channel", () => {
  it("is read once in 30 seconds", async () => {
    const created = await create(HERE);
    expect(await registry.at(HERE)).toEqual(created);
    expect(await countRequests(() => registry.at(HERE))).toBe(0);
    await index.change(created.id, () => ({ question: "Cat?" }));
    time += 29_999;
    expect(await registry.at(HERE)).toMatchObject({ definition: { question: "Cat, dog or neither?" } });
    time += 1;
    expect(await registry.at(HERE)).toMatchObject({ definition: { question: "Cat?" } });
  });

  it("is seen at once when it is new, also in place of a closed one", async () => {
    expect(await registry.at(HERE)).toBeUndefined();
    const { id } = await create(HERE);
    expect(await registry.at(HERE)).toMatchObject({ id });
    await index.close(id, Date.now());
    registry.forget(HERE);
    expect(await registry.at(HERE)).toBe("closed");
    const next = await create(HERE);
    expect(await registry.at(HERE)).toEqual(next);
  });

  it("is read again when the cached one will not do", async () => {
    const old = await create(HERE);
    await registry.at(HERE);
    await index.close(old.id, Date.now());
    const next = await create(HERE);
    expect(await registry.at(HERE, ({ id }) => id === next.id)).toEqual(next);
    expect(await registry.at(HERE)).toEqual(next);
  });

  it("is not cached from a read that began before it was changed", async () => {
    const { id } = await create(HERE);
    const reading = registry.at(HERE);
    await index.change(id, () => ({ question: "Cat?" }));
    registry.forget(HERE);
    await reading;
    expect(await registry.at(HERE)).toMatchObject({ definition: { question: "Cat?" } });
  });
});

describe("the projects in memory", () => {
  it("are the same for all who use them, and keep people's answers apart", async () => {
    const found = await create(HERE);
    using one = registry.open(found);
    using two = registry.open(found);
    using hotdogs = registry.open(null);
    expect(one.project).toBe(two.project);
    await label(one.project, "7");
    expect((await two.project.tally.read()).answers).toBe(1);
    expect((await hotdogs.project.tally.read()).answers).toBe(0);
  });

  it("are limited in number: the least recently used are dropped", async () => {
    registry = registryOf({ maxProjects: 2 });
    const found = [await create("1"), await create("2"), await create("3")];
    using hotdogs = registry.open(null);
    const projects = found.map((each) => {
      using opened = registry.open(each);
      return opened.project;
    });
    const [first, second, third] = found.map((each) => registry.open(each).project);
    expect([second, third]).toEqual(projects.slice(1));
    expect(first).not.toBe(projects[0]);
    expect(registry.open(null).project).toBe(hotdogs.project);
  });

  it("stay there while they are in use, however many there are", async () => {
    registry = registryOf({ maxProjects: 1 });
    const found = await create(HERE);
    const opened = registry.open(found);
    for (const channel of ["1", "2"]) {
      using _ = registry.open(await create(channel));
    }
    expect(registry.open(found).project).toBe(opened.project);
  });

  it("stay there while others are visited, and are the same for visitors", async () => {
    registry = registryOf({ maxProjects: 1 });
    const [kept, visited] = [await create("1"), await create("2")];
    const opened = registry.open(kept);
    opened[Symbol.dispose]();
    for (const found of [visited, kept, visited]) registry.visit(found)[Symbol.dispose]();
    expect(registry.visit(kept).project).toBe(opened.project);
    expect(registry.open(kept).project).toBe(opened.project);
  });

  /** Saves answers of some people in a project, and counts all of its answers. */
  async function count(found: IdentifiedProject | null, labelers: readonly string[]): Promise<number> {
    using opened = registry.open(found);
    for (const userId of labelers) await label(opened.project, userId);
    return countRequests(() => opened.project.tally.read());
  }
  /** A list of the label file's parts, and the only part. */
  const COUNTING = 2;
  const KEPT = 1;

  it("drop votes when there are too many, but keep the writers of their files", async () => {
    registry = registryOf({ maxRows: 2 });
    const [large, empty, last] = [await create("1"), await create("2"), await create("3")];
    expect(await count(large, ["7", "8"])).toBe(COUNTING);
    await count(empty, []);
    await count(last, ["7", "8"]);
    expect(await count(last, [])).toBe(KEPT);
    expect(await count(empty, [])).toBe(KEPT);
    await registry.at("1");
    expect(await countRequests(() => press("1"))).toBe(1);
    expect(await count(large, [])).toBe(COUNTING);
  });

  it("keep the votes of the most recently used project, however many it or the built-in one has", async () => {
    registry = registryOf({ maxRows: 4 });
    const [large, small] = [await create("1"), await create("2")];
    await count(null, ["1", "2", "3", "4", "5"]);
    await count(large, ["1", "2", "3", "4", "5"]);
    expect(await count(large, [])).toBe(KEPT);
    await count(small, ["1"]);
    expect(await count(null, [])).toBe(KEPT);
    expect(await count(small, [])).toBe(KEPT);
    expect(await count(large, [])).toBe(COUNTING);
    expect(await count(small, [])).toBe(COUNTING);
  });

  it("have what was attached for their current question", async () => {
    const found = await create(HERE);
    const first = registry.open(found);
    expect(first.attached).toEqual({ labels: 3 });
    expect(registry.open(found).attached).toBe(first.attached);
    await index.change(found.id, ({ labels }) => ({ labels: [...labels, "Both"] }));
    registry.forget(HERE);
    const changed = registry.open((await registry.at(HERE)) as IdentifiedProject);
    expect(changed.attached).toEqual({ labels: 4 });
    expect(registry.open(null).attached).toEqual({ labels: 2 });
  });
});

describe("a press", () => {
  it("costs the same with one project and with a thousand", async () => {
    await create(HERE);
    const alone = [await countRequests(() => press(HERE)), await countRequests(() => press(HERE))];
    objects.clear();
    registry = registryOf();
    await create(HERE);
    for (let channel = 1_000; channel < 2_000; channel += 1) {
      await create(String(channel));
      await press(String(channel));
    }
    expect([await countRequests(() => press(HERE)), await countRequests(() => press(HERE))]).toEqual(alone);
    expect(alone[1]).toBe(1);
  });

  it("marks its person in the project, and never for the built-in one", async () => {
    const { id } = await create(HERE);
    await create(THERE);
    await press(HERE);
    await press(HERE);
    using hotdogs = registry.open(null);
    await label(hotdogs.project, "7");
    const markers = [...objects.keys()].filter((key) => key.startsWith("people/"));
    expect(markers).toEqual([expect.stringMatching(new RegExp(`^people/[0-9a-f]{64}/${id}$`))]);
  });
});
