/**
 * The upper bound: only the calls that every system must make, a PATCH of the answer and a PUT of the log per job, with the worker's
 * clients and concurrency. No job is received from a queue, and all answers are computed beforehand.
 */
import pLimit from "p-limit";
import { z } from "zod";
import { textCreator } from "../../src/object-store/object-store.ts";
import { openStore } from "../../src/object-store/open-store.ts";
import { parseJob } from "../../src/jobs/job.ts";
import { createLog } from "../../src/platform/log.ts";
import { answers, type AnswerMessage } from "../../src/worker/answers.ts";
import { readConfig } from "../../src/process/read-config.ts";
import { answerStats } from "../../src/worker/jobs/stats.ts";
import { answerParent } from "../harness/child.ts";

const texts = z.array(z.string());
const config = readConfig("worker", process.env);
const store = await openStore(config, { exclusive: true });
const discord = answers({ token: config.DISCORD_TOKEN, api: config.DISCORD_API, now: Date.now });
const create = textCreator(store);
const errors = createLog({ level: "error" });
const limit = pLimit(config.WORKER_CONCURRENCY);
let prepared: (() => Promise<void>)[] = [];

async function prepare(text: string): Promise<() => Promise<void>> {
  const job = parseJob(text);
  if (job.kind !== "stats") throw new Error(`unexpected job: ${job.kind}`);
  let message: AnswerMessage = {};
  let log: [key: string, text: string] | undefined;
  await answerStats(job, {
    attempt: 1,
    answer: {
      give: async (given) => {
        message = given;
        return new Date();
      },
    },
    createText: async (key, text) => {
      log = [key, text];
    },
    jobs: { send: () => Promise.reject(new Error("the log could not be written")) },
    log: errors,
  });
  return async () => {
    await discord.give(job.interaction, message, { again: false, late: "post" });
    if (log !== undefined) await create(...log);
  };
}

answerParent(process, async (message) => {
  if (message === "go") await Promise.all(prepared.map((job) => limit(job)));
  else prepared = await Promise.all(texts.parse(message).map(prepare));
  return prepared.length;
});
