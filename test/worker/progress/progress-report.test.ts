import { beforeEach, describe, expect, it } from "vitest";
import { HOTDOG_QUESTION } from "../../../src/labeling/question.ts";
import { imageSet } from "../../../src/project/image-set.ts";
import { NOTHING_KNOWN, type Trust } from "../../../src/labeling/trust.ts";
import { labelTally } from "../../../src/project/label-tally.ts";
import type { StoredObject } from "../../../src/object-store/object-store.ts";
import { textsFor } from "../../../src/texts/texts.ts";
import { labelEstimator } from "../../../src/worker/label-estimate.ts";
import { progressReporter } from "../../../src/worker/progress/progress-report.ts";
import { memoryLog } from "../../memory-log.ts";
import { memoryStore } from "../../object-store/memory-store.ts";
import { newId } from "../../append-log/rows.ts";

const [ENGLISH, FRENCH] = [textsFor("en-US"), textsFor("fr")];
const IMAGE = `${"a".repeat(64)}.png`;

let objects: Map<string, StoredObject>;
let listed: string[];
let time: number;

beforeEach(() => {
  listed = [];
  time = Date.now();
  objects = new Map();
  put(`images/${IMAGE}`, "");
  put("labels/00000.csv", `id,image,label,labeler,round\r\n${newId()},${IMAGE},1,k,1\r\n`);
});

function put(key: string, text: string): void {
  objects.set(key, { body: Buffer.from(text), etag: text, modified: new Date(time) });
}

/** Each list of labels takes 100 ms, each picture 30 ms. */
function sources() {
  const store = memoryStore(objects, async (act) => act());
  const { log, logged } = memoryLog();
  const slow = {
    ...store,
    list: async (prefix: string) => {
      listed.push(prefix);
      if (prefix === "labels/") time += 100;
      return store.list(prefix);
    },
  };
  const tally = labelTally(slow, HOTDOG_QUESTION, { log, now: () => time });
  const trust = { read: async (): Promise<Trust> => NOTHING_KNOWN };
  return { logged, sources: { question: HOTDOG_QUESTION, images: imageSet(slow), tally, trust, log } };
}

const renderer = {
  renderChart: async () => {
    time += 30;
    return Buffer.from("a picture");
  },
};

const lists = (prefix: string): number => listed.filter((one) => one === prefix).length;

describe("the progress report", () => {
  it("is cached briefly, for all languages together, and lists the images less often", async () => {
    const report = progressReporter({
      estimate: labelEstimator(HOTDOG_QUESTION),
      now: () => time,
      load: async () => renderer,
    });
    const { sources: from } = sources();
    await report(ENGLISH, from);
    await report(ENGLISH, from);
    expect([lists("labels/"), lists("images/a")]).toEqual([1, 1]);
    const french = await report(FRENCH, from);
    expect([lists("labels/"), lists("images/a")]).toEqual([1, 1]);
    expect(french.picture?.alt).toContain("1 image : réglées : 0");
    time += 130 * 4;
    await report(ENGLISH, from);
    expect([lists("labels/"), lists("images/a")]).toEqual([2, 1]);
    time += 30_000;
    await report(ENGLISH, from);
    expect([lists("labels/"), lists("images/a")]).toEqual([3, 2]);
  });

  it("counts no answers of excluded people", async () => {
    const { sources: from } = sources();
    const { votes } = await from.tally.read();
    const trust = { ...NOTHING_KNOWN, excluded: new Set(votes.people) };
    const report = progressReporter({ estimate: labelEstimator(HOTDOG_QUESTION), now: () => time });
    const { progress } = await report(ENGLISH, { ...from, trust: { read: async () => trust } });
    expect(progress).toMatchObject({ images: 1, untouched: 1, answers: 0, people: 0 });
    expect(progress.days.every(({ answers }) => answers === 0)).toBe(true);
  });

  it("has text only when the chart cannot be drawn, and logs why", async () => {
    const { sources: from, logged } = sources();
    for (const load of [
      () => Promise.reject(new Error("no such library here")),
      async () => ({ renderChart: () => Promise.reject(new Error("no such library here")) }),
    ]) {
      const report = progressReporter({ estimate: labelEstimator(HOTDOG_QUESTION), now: () => time, load });
      expect(await report(ENGLISH, from)).toMatchObject({ progress: { answers: 1 }, picture: undefined });
    }
    expect(logged().match(/no such library here.*the report has text only/g)).toHaveLength(2);
  });
});
