import { beforeEach, describe, expect, it } from "vitest";
import { sealed } from "../../src/append-log/seal.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { NOTHING_KNOWN } from "../../src/labeling/trust.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { exclusionFile } from "../../src/project/exclusion-file.ts";
import { goldFile } from "../../src/project/gold-file.ts";
import { projectFiles, type ProjectFiles } from "../../src/project/project.ts";
import { hotdogKeys } from "../../src/project/pseudonyms.ts";
import { newId, partsOf } from "../append-log/rows.ts";
import { memoryLog } from "../memory-log.ts";
import { quickStore } from "../object-store/memory-store.ts";

const [ANN, BOB] = ["a1".repeat(32), "b2".repeat(32)];
const [CAT, DOG] = ["c", "d"].map((digit) => `${digit.repeat(64)}.webp`) as [string, string];

let objects: Map<string, StoredObject>;
let requests: string[];
let time: number;
let lines: ReturnType<typeof memoryLog>;

beforeEach(() => {
  objects = new Map();
  requests = [];
  time = Date.now();
  lines = memoryLog();
});

const options = () => ({ log: lines.log, now: () => time, random: Math.random });

/** A worker on the store, whose reads are recorded. */
function worker(question = HOTDOG_QUESTION): ProjectFiles {
  const store = quickStore(objects);
  const recorded: ObjectStore = {
    ...store,
    list: (prefix, page) => (requests.push(`LIST ${prefix}`), store.list(prefix, page)),
    head: (key) => (requests.push(`HEAD ${key}`), store.head(key)),
    get: (key) => (requests.push(`GET ${key}`), store.get(key)),
  };
  return projectFiles(recorded, "", { ...options(), question, keys: hotdogKeys("secret") });
}

/** Another worker on the store. */
const others = {
  gold: () => goldFile(quickStore(objects), options()),
  exclusions: () => exclusionFile(quickStore(objects), options()),
};

const gold = (image: string, label?: number, id = newId()) => ({ id, image, label });
const exclusion = (labeler: string, excluded = true, id = newId()) => ({
  id,
  labeler,
  excluded,
  reason: "why, why",
});
const pass = (): void => void (time += 5_001);

describe("what is known of a project's images and people", () => {
  it("is nothing at first", async () => {
    expect(await worker().trust.read()).toEqual(NOTHING_KNOWN);
  });

  it("is what the row with the greatest id says, whatever the order of the rows", async () => {
    const [first, second, third] = [newId(), `${newId()}-2`, newId()];
    const { gold: file, exclusions, trust } = worker();
    await file.set(gold(CAT, 1, second));
    await file.set(gold(CAT, 0, first));
    await file.set(gold(DOG, 1, first.replace(/$/, "-10")));
    await file.set(gold(DOG, 0, first.replace(/$/, "-9")));
    await exclusions.set(exclusion(ANN, false, third), third);
    await exclusions.set(exclusion(ANN, true, first), first);
    await exclusions.set(exclusion(BOB), first);
    const known = {
      gold: new Map([
        [CAT, 1],
        [DOG, 1],
      ]),
      excluded: new Set([BOB]),
    };
    expect(await trust.read()).toEqual(known);
    expect((await trust.exclusions()).get(ANN)).toMatchObject({
      excluded: false,
      id: third,
      reason: "why, why",
    });
    expect(await worker().trust.read()).toEqual(known);
  });

  it("has no image that is no longer gold, or whose label the question no longer has", async () => {
    const { gold: file, trust } = worker();
    await file.set(gold(CAT, 1));
    await file.set(gold(CAT));
    await file.set(gold(DOG, 2));
    expect(await trust.read()).toEqual(NOTHING_KNOWN);
    const three = worker({ ...HOTDOG_QUESTION, labels: ["a", "b", "c"] });
    expect((await three.trust.read()).gold).toEqual(new Map([[DOG, 2]]));
    const [part] = await partsOf(quickStore(objects), "gold/");
    expect(part?.header).toEqual(["id", "set_at", "image", "label"]);
    expect(part?.rows.map((row) => row.slice(2))).toEqual([
      [CAT, "1"],
      [CAT, ""],
      [DOG, "2"],
    ]);
  });

  it("is seen at once by who wrote it, and within 5 seconds by others, who lose nothing to each other", async () => {
    const [one, two] = [worker(), worker()];
    expect(await two.trust.read()).toEqual(NOTHING_KNOWN);
    await Promise.all([one.gold.set(gold(CAT, 1)), others.gold().set(gold(DOG, 0))]);
    expect((await one.trust.read()).gold).toEqual(
      new Map([
        [CAT, 1],
        [DOG, 0],
      ]),
    );
    expect(await two.trust.read()).toEqual(NOTHING_KNOWN);
    pass();
    expect((await two.trust.read()).gold).toEqual(
      new Map([
        [CAT, 1],
        [DOG, 0],
      ]),
    );
  });

  it("is the same however often a job that sets it is delivered", async () => {
    const row = gold(CAT, 1);
    expect(await worker().gold.set(row)).toBe("written");
    expect(await worker().gold.set(row)).toBe("present");
    const out = exclusion(ANN);
    expect(await Promise.all([1, 2].map(() => others.exclusions().set(out, out.id)))).toContain("written");
    expect(await worker().exclusions.set(out, out.id)).toBe("present");
    for (const table of ["gold/", "exclusions/"])
      expect((await partsOf(quickStore(objects), table)).flatMap(({ rows }) => rows)).toHaveLength(1);
  });

  it("costs no requests for 5 seconds, and no list while there is nothing", async () => {
    const { trust } = worker();
    const first = await trust.read();
    requests.length = 0;
    for (let press = 0; press < 10; press += 1) expect(await trust.read()).toBe(first);
    expect(requests).toEqual([]);
    pass();
    expect(await trust.read()).toBe(first);
    expect(requests.toSorted()).toEqual(["HEAD exclusions/00000.csv", "HEAD gold/00000.csv"]);
  });

  it("is the same object until something changes, and only parts that have changed are read", async () => {
    const { trust } = worker();
    await others.gold().set(gold(CAT, 1));
    const first = await trust.read();
    pass();
    requests.length = 0;
    expect(await trust.read()).toBe(first);
    expect(requests.filter((request) => request.startsWith("GET"))).toEqual([]);
    const file = others.gold();
    const part = objects.get("gold/00000.csv");
    if (part === undefined) throw new Error("no part");
    objects.set("gold/00000.csv", { ...part, body: sealed(part.body), etag: "sealed" });
    await file.set(gold(DOG, 0));
    pass();
    expect((await trust.read()).gold).toEqual(
      new Map([
        [CAT, 1],
        [DOG, 0],
      ]),
    );
    pass();
    requests.length = 0;
    await file.set(gold(DOG, 1));
    expect((await trust.read()).gold.get(DOG)).toBe(1);
    expect(requests.filter((request) => request.startsWith("GET gold"))).toEqual(["GET gold/00001.csv"]);
  });

  it("does not count rows that cannot be read, and says so", async () => {
    const { trust } = worker();
    await others.gold().set(gold(CAT, 1));
    const part = objects.get("gold/00000.csv");
    const broken = `${part?.body.toString() ?? ""}no,row\r\n5,at,${DOG},12\r\n`;
    objects.set("gold/00000.csv", { etag: "edited", modified: new Date(), body: Buffer.from(broken) });
    expect((await trust.read()).gold).toEqual(new Map([[CAT, 1]]));
    expect(lines.logged()).toMatch(/"part":"gold\/00000.csv","unreadable":2/);
  });
});
