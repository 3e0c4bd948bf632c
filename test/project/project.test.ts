import { beforeEach, describe, expect, it } from "vitest";
import type { StoredObject } from "../../src/object-store/object-store.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { HOTDOG_PREFIX, projectData, projectFiles, type ProjectFiles } from "../../src/project/project.ts";
import { deriveKey, hotdogKeys, projectKeys, pseudonym } from "../../src/project/pseudonyms.ts";
import { newId } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { memoryStore } from "../object-store/memory-store.ts";

const SECRET = "sixteen characters or more";
const IMAGE = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.png";

let objects: Map<string, StoredObject>;

beforeEach(() => {
  objects = new Map();
});

const store = () => memoryStore(objects, async (act) => act());

function opened(prefix: string): ProjectFiles {
  const [, id = ""] = prefix.split("/");
  const keys = prefix === HOTDOG_PREFIX ? hotdogKeys(SECRET) : projectKeys(SECRET, id);
  const options = { log: memoryLog().log, now: Date.now, random: Math.random };
  return projectFiles(store(), prefix, { question: HOTDOG_QUESTION, keys, ...options });
}

/** Everything a person can leave in a project: an image, a label, an upload. */
async function use({ images, labels, uploads, pseudonymsOf }: ProjectFiles, id = newId()): Promise<string> {
  const person = pseudonymsOf("7");
  const { labeler, uploader } = person;
  await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("kept"), format: "png" });
  await labels.append({ id, image: IMAGE, label: 1, labeler, round: "1" }, person);
  await uploads.append({ jobId: id, position: 1, image: IMAGE, uploader, name: "a.png" }, person);
  return id;
}

async function seen(
  { images, labels, uploads, createTally, erasure, readLabels, pseudonymsOf }: ProjectFiles,
  id: string,
) {
  const person = pseudonymsOf("7");
  return {
    image: await images.has(IMAGE),
    candidates: await images.candidates("1"),
    firstOf: await images.firstOf([IMAGE]),
    label: await labels.has(id),
    upload: await uploads.has({ jobId: id, position: 1 }),
    answers: (await createTally().read()).answers,
    parts: (await readLabels(HOTDOG_QUESTION)).parts,
    erased: await erasure.isErased(person.tombstone, id),
  };
}

const NOTHING = {
  image: false,
  candidates: [],
  firstOf: undefined,
  label: false,
  upload: false,
  answers: 0,
  parts: 0,
  erased: false,
};
const ALL = {
  image: true,
  candidates: [IMAGE],
  firstOf: IMAGE,
  label: true,
  upload: true,
  answers: 1,
  parts: 1,
  erased: false,
};

describe("two projects in one store", () => {
  it.each([
    [HOTDOG_PREFIX, "projects/1/"],
    ["projects/1/", HOTDOG_PREFIX],
    ["projects/1/", "projects/12/"],
  ])("do not see each other's images, labels and uploads (%j beside %j)", async (one, other) => {
    const id = await use(opened(one));
    expect(await seen(opened(one), id)).toEqual(ALL);
    expect(await seen(opened(other), id)).toEqual(NOTHING);
    await opened(other).images.remove(IMAGE);
    expect(await opened(one).images.has(IMAGE)).toBe(true);
  });

  it.each([
    [HOTDOG_PREFIX, "projects/1/"],
    ["projects/1/", HOTDOG_PREFIX],
  ])("do not see each other's tombstones (%j beside %j)", async (one, other) => {
    const [first, second] = [opened(one), opened(other)];
    const id = newId();
    await use(second, id);
    // Even with the same tombstone name in both.
    const person = second.pseudonymsOf("7");
    expect(await first.erasure.erase(person, newId())).toEqual({ labels: 0, uploads: 0, exclusions: 0 });
    expect(await seen(second, id)).toEqual(ALL);
    expect(await second.erasure.lastAsked(person.tombstone)).toBeUndefined();
    const late = { id: String(BigInt(id) - 1n), image: IMAGE, label: 1, labeler: "x", round: "1" } as const;
    expect(await second.labels.append(late, person)).toBe("written");
    const { tombstone } = person;
    expect(await first.labels.append(late, { ...first.pseudonymsOf("7"), tombstone })).toBe("erased");
  });

  it("know a person by different pseudonyms", () => {
    const names = ["", "projects/1/", "projects/12/"].flatMap((prefix) => {
      const { labeler, uploader } = opened(prefix).pseudonymsOf("7");
      return [labeler, uploader];
    });
    expect(new Set(names).size).toBe(names.length);
  });

  it("have different export keys for the same id", () => {
    expect(opened("projects/1/").exportKey("5")).not.toEqual(opened("projects/12/").exportKey("5"));
  });
});

describe("the hot-dog project", () => {
  it("has its keys and pseudonyms where earlier versions put them", async () => {
    const hotdogs = opened(HOTDOG_PREFIX);
    await use(hotdogs);
    const person = hotdogs.pseudonymsOf("7");
    const labeler = pseudonym(SECRET, "7");
    const uploader = pseudonym(deriveKey(SECRET, "uploads/hotdog"), "7");
    expect(person).toEqual({ labeler, tombstone: labeler, uploader, uploaders: [uploader, labeler] });
    expect(hotdogs.exportKey("5")).toEqual(deriveKey(SECRET, "export/5"));
    await hotdogs.erasure.erase(person, newId());
    expect([...objects.keys()].toSorted()).toEqual([
      "exclusions/00000.csv",
      `forgotten/${labeler}.json`,
      "forgotten/newest.txt",
      `images/${IMAGE}`,
      "labels/00000.csv",
      "labels/00001.csv",
      "uploads/00000.csv",
      "uploads/00001.csv",
    ]);
  });

  it("can be read without a log and without a secret", async () => {
    await use(opened(HOTDOG_PREFIX));
    const { images, readLabels } = projectData(store(), HOTDOG_PREFIX);
    expect(await images.all()).toEqual([IMAGE]);
    for await (const { rows } of (await readLabels(HOTDOG_QUESTION)).batches) expect(rows).toHaveLength(1);
    expect.assertions(2);
  });
});
