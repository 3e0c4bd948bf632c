import { expect, it } from "vitest";
import type { Question } from "../../../src/labeling/question.ts";
import { imageSet } from "../../../src/project/image-set.ts";
import { trustReader } from "../../../src/project/trust-reader.ts";
import { labelTally } from "../../../src/project/label-tally.ts";
import type { StoredObject } from "../../../src/object-store/object-store.ts";
import type { AnswerMessage } from "../../../src/worker/answers.ts";
import { answerProgress } from "../../../src/worker/jobs/progress.ts";
import { labelEstimator } from "../../../src/worker/label-estimate.ts";
import { progressReporter } from "../../../src/worker/progress/progress-report.ts";
import { imageCalled, part } from "../../export/read-back.ts";
import { statsJob } from "../../jobs/jobs.ts";
import { memoryLog } from "../../memory-log.ts";
import { memoryStore } from "../../object-store/memory-store.ts";

const CATS: Question = {
  text: "Cat or dog?",
  labels: ["cat", "dog", "neither"],
  offersUnsure: true,
  settleAt: 0.9,
};

it.each([
  [
    "en-US",
    [
      "**Images:** 0 of 2 settled (0%), 2 with too few answers, 0 with none yet",
      /\*\*Are we done\?\*\* Not yet: (?:about )?\d+ (?:to \d+ )?more answers will do\. Nobody has answered in the last 7 days\./,
      "**Answers:** 5 (2 of them “Not sure”), by 3 people",
      "**Agreement:** people agree no more often than by chance (α 0.00)",
    ],
  ],
  [
    "fr",
    [
      "**Images :** 0 réglée sur 2 (0",
      /\*\*Est-ce fini \?\*\* Pas encore : il faut (?:environ )?\d+ (?:à \d+ )?réponses de plus\. Personne n’a répondu ces 7 derniers jours\./,
      "**Réponses :** 5 (dont 2 « Je ne sais pas »), par 3 personnes",
      "**Accord :** on n’est pas plus souvent d’accord que par hasard (α 0,00)",
    ],
  ],
])("the progress says whether people are done, and names no methods (%s)", async (locale, lines) => {
  const objects = new Map<string, StoredObject>();
  const put = (key: string, body: Buffer) => objects.set(key, { body, etag: "1", modified: new Date(0) });
  put("labels/00000.csv", part(["a ann 0", "a bob 2", "b ann 1", "b bob unsure", "b cyd unsure"]));
  for (const digit of ["a", "b"]) put(`images/${imageCalled(digit)}`, Buffer.alloc(1));
  const store = memoryStore(objects, async (act) => act());
  const { log } = memoryLog();
  const given: AnswerMessage[] = [];
  const answer = { give: async (message: AnswerMessage) => (given.push(message), new Date()) };
  const load = async () => ({ renderChart: async () => Buffer.from("a picture") });
  const reportProgress = progressReporter({ estimate: labelEstimator(CATS), now: Date.now, load });
  const tally = labelTally(store, CATS, { log, now: Date.now });
  const trust = trustReader(store, CATS, { log });
  const project = { id: "1", question: CATS, images: imageSet(store), reportProgress, tally, trust };
  const { interaction } = statsJob(1);
  await answerProgress({ kind: "progress", interaction: { ...interaction, locale } }, project, {
    answer,
    log,
  });
  const text = JSON.stringify(given);
  for (const line of lines) expect(text).toMatch(line);
  expect(text).not.toMatch(/Dawid|Krippendorff/);
});
