import { expect, it } from "vitest";
import type { StoredObject } from "../../src/object-store/object-store.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { HOTDOG_PREFIX, projectFiles } from "../../src/project/project.ts";
import { hotdogKeys } from "../../src/project/pseudonyms.ts";
import { savePress } from "../../src/worker/jobs/press.ts";
import { newId } from "../append-log/rows.ts";
import { statsJob } from "../jobs/jobs.ts";
import { memoryLog } from "../memory-log.ts";
import { memoryStore } from "../object-store/memory-store.ts";

const IMAGE = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.png";

it("a saved press whose image was removed is confirmed, also when a dead letter is retried as a first delivery", async () => {
  const objects = new Map<string, StoredObject>();
  const keys = hotdogKeys("sixteen characters or more");
  const parts = projectFiles(
    memoryStore(objects, async (act) => act()),
    HOTDOG_PREFIX,
    { question: HOTDOG_QUESTION, keys, log: memoryLog().log, now: Date.now, random: Math.random },
  );
  const answers: (string | undefined)[] = [];
  const answer = {
    give: async ({ content }: { content?: string }) => {
      answers.push(content);
      return new Date();
    },
  };
  const { interaction } = statsJob(7);
  const press = { round: "1", position: 1, label: 1, image: IMAGE, project: null } as const;
  const job = { kind: "press", interaction: { ...interaction, id: newId() }, press } as const;
  await parts.images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("kept"), format: "png" });
  await savePress(job, parts, { answer });
  await parts.images.remove(IMAGE);
  await savePress(job, parts, { answer });
  expect(answers).toEqual([expect.stringContaining("Saved"), expect.stringContaining("Saved")]);
});
