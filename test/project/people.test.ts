import { beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { people } from "../../src/project/people.ts";
import { projectFiles, projectPrefix, HOTDOG_PREFIX, type ProjectFiles } from "../../src/project/project.ts";
import { hotdogKeys, projectKeys, pseudonymizer, type SharedNames } from "../../src/project/pseudonyms.ts";
import { newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { faultyStore } from "../object-store/faulty-store.ts";
import { quickStore } from "../object-store/memory-store.ts";

const SECRET = "sixteen characters or more";
const PROJECT = "1";
const options = { log: memoryLog().log, now: Date.now, random: Math.random };

let objects: Map<string, StoredObject>;
let store: ObjectStore;
let hotdogs: ProjectFiles;

beforeEach(() => {
  objects = new Map();
  store = quickStore(objects);
  hotdogs = projectFiles(store, HOTDOG_PREFIX, {
    question: HOTDOG_QUESTION,
    keys: hotdogKeys(SECRET),
    ...options,
  });
});

function sharedOf(userId: string): SharedNames {
  const { shared } = pseudonymizer(projectKeys(SECRET, PROJECT))(userId);
  if (shared === undefined) throw new Error("a project has shared names");
  return shared;
}

const markers = (): string[] => [...objects.keys()].filter((key) => key.startsWith("people/"));

/** Erases a person as far as the built-in project is concerned. */
async function forget(userId: string, id: string): Promise<void> {
  await hotdogs.erasure.erase(hotdogs.pseudonymsOf(userId), id);
}

describe("the marker of a person in a project", () => {
  it("is written once per process, is found by the person alone, and says nothing about them", async () => {
    const known = people(store);
    const ann = sharedOf("7");
    expect(await known.admit(ann, PROJECT, newId())).toBe("admitted");
    expect(await known.admit(ann, "2", newId())).toBe("admitted");
    objects.delete(`people/${ann.marker}/1`);
    await known.admit(ann, PROJECT, newId());
    expect(await known.projectsOf(ann)).toEqual(["2"]);
    expect(await known.projectsOf(sharedOf("8"))).toEqual([]);
    expect(Object.values(hotdogs.pseudonymsOf("7"))).not.toContain(ann.marker);
  });

  it("is written again by a process that forgot it among many others", async () => {
    const known = people(store, { maxKnown: 2 });
    for (const user of ["7", "8", "9"]) await known.admit(sharedOf(user), PROJECT, newId());
    objects.clear();
    await known.admit(sharedOf("7"), PROJECT, newId());
    expect(markers()).toEqual([`people/${sharedOf("7").marker}/1`]);
  });

  it("counts as missing until it was written", async () => {
    let isDown = true;
    const known = people(
      faultyStore(store, ({ method, when }) => {
        if (isDown && method === "get" && when === "before") throw new Error("away");
      }),
    );
    await expect(known.admit(sharedOf("7"), PROJECT, newId())).rejects.toThrow("away");
    isDown = false;
    expect(await known.admit(sharedOf("7"), PROJECT, newId())).toBe("admitted");
  });

  it("is removed only with its project", async () => {
    const known = people(store);
    for (const id of ["1", "21"]) await known.admit(sharedOf("7"), id, newId());
    await known.forgetProject("1");
    expect(await known.projectsOf(sharedOf("7"))).toEqual(["21"]);
  });
});

describe("a row from before an erasure", () => {
  it("is refused although its person had no row in the project when they were erased", async () => {
    const early = newId();
    await forget("7", newId());
    expect(await people(store).admit(sharedOf("7"), PROJECT, early)).toBe("erased");
  });

  it("is refused although a row from after the erasure came first", async () => {
    const early = newId();
    await forget("7", newId());
    const known = people(store);
    expect(await known.admit(sharedOf("7"), PROJECT, newId())).toBe("admitted");
    expect(await known.admit(sharedOf("7"), PROJECT, early)).toBe("erased");
    expect(await known.admit(sharedOf("8"), PROJECT, early)).toBe("admitted");
  });

  it("is neither written nor confirmed while the person's tombstone is unreadable", async () => {
    await store.put(`forgotten/${sharedOf("7").tombstone}.json`, Buffer.from("{"));
    await expect(people(store).admit(sharedOf("7"), PROJECT, newId())).rejects.toThrow("cannot be read");
  });
});

describe("a project's keys", () => {
  it("lead to the built-in project's tombstone of the person", () => {
    expect(sharedOf("7").tombstone).toBe(hotdogs.pseudonymsOf("7").tombstone);
    expect(hotdogs.pseudonymsOf("7").shared).toBeUndefined();
  });

  it("lie below a prefix that only an id can make", () => {
    expect([projectPrefix(null), projectPrefix("12")]).toEqual(["", "projects/12/"]);
    expect(() => projectPrefix("channels")).toThrow("not the id of a project");
    expect(() => projectPrefix("../1")).toThrow("not the id of a project");
  });
});
