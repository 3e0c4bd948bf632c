import { expect, it } from "vitest";
import type { StoredObject } from "../../src/object-store/object-store.ts";
import { HOTDOG_QUESTION, UNSURE, type Answer, type Question } from "../../src/labeling/question.ts";
import { HOTDOG_PREFIX, projectFiles } from "../../src/project/project.ts";
import { hotdogKeys } from "../../src/project/pseudonyms.ts";
import { savePress } from "../../src/worker/jobs/press.ts";
import { newId } from "../append-log/rows.ts";
import { statsJob } from "../jobs/jobs.ts";
import { memoryLog } from "../memory-log.ts";
import { memoryStore } from "../object-store/memory-store.ts";

const IMAGE = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.png";
const CATS: Question = { text: "Cat or dog?", labels: ["Cat", "Dog"], offersUnsure: true, settleAt: 0.95 };

/** A store with one image, and what people are told. */
function pressed() {
  const objects = new Map<string, StoredObject>();
  const answers: (string | undefined)[] = [];
  const answer = {
    give: async ({ content }: { content?: string }) => {
      answers.push(content);
      return new Date();
    },
  };
  /** The project as another process opens it. */
  const open = (question: Question) =>
    projectFiles(
      memoryStore(objects, async (act) => act()),
      HOTDOG_PREFIX,
      {
        question,
        keys: hotdogKeys("sixteen characters or more"),
        log: memoryLog().log,
        now: Date.now,
        random: Math.random,
      },
    );
  return { answers, answer, open };
}

function jobOf(label: Answer) {
  const { interaction } = statsJob(7);
  const press = { round: "1", position: 1, label, image: IMAGE, project: null } as const;
  return { kind: "press", interaction: { ...interaction, id: newId() }, press } as const;
}

const PICTURE = { uploaded: Buffer.from("a"), stored: Buffer.from("kept"), format: "png" } as const;

it("a saved press whose image was removed is confirmed, also when a dead letter is retried as a first delivery", async () => {
  const { answers, answer, open } = pressed();
  const parts = open(HOTDOG_QUESTION);
  const job = jobOf(1);
  await parts.images.add(PICTURE);
  await savePress(job, parts, { answer });
  await parts.images.remove(IMAGE);
  await savePress(job, parts, { answer });
  expect(answers).toEqual([expect.stringContaining("Saved"), expect.stringContaining("Saved")]);
});

it("a saved press is confirmed although the question no longer offers its answer, and another one is refused", async () => {
  const { answers, answer, open } = pressed();
  const before = open(CATS);
  const job = jobOf(UNSURE);
  await before.images.add(PICTURE);
  await savePress(job, before, { answer });
  const after = open({ ...CATS, offersUnsure: false });
  await savePress(job, after, { answer });
  await savePress(jobOf(UNSURE), after, { answer });
  expect(answers).toEqual([
    expect.stringContaining("Saved"),
    expect.stringContaining("Saved"),
    expect.stringContaining("nothing was saved"),
  ]);
});
