import type { Job } from "../../src/jobs/job.ts";
import type { InteractionReference } from "../../src/jobs/references.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { createLog } from "../../src/platform/log.ts";
import { projectsIn } from "../../src/project/projects.ts";
import { memoryQueue } from "../../src/queue/memory.ts";
import { startWorker } from "../../src/worker/worker.ts";
import { makePressJobs } from "../samples/press-jobs.ts";
import { imageNameOf } from "../samples/stored-content.ts";
import { projectIds } from "../samples/stored-projects.ts";
import { idleDiscord } from "./idle-discord.ts";

/** A whole worker in this process, with a queue in memory and without Discord. */
export interface ProjectWorker extends AsyncDisposable {
  /** Runs jobs one after the other, each until it is answered. */
  run(jobs: Iterable<Job>): Promise<void>;
}

const CONCURRENCY = 16;
const STOP_DEADLINE_MS = 1_000;

export function projectWorker(store: ObjectStore): ProjectWorker {
  const log = createLog({ level: "error" });
  const queue = memoryQueue({ log });
  const options = { log, now: Date.now, random: Math.random };
  let answered = Promise.withResolvers<void>();
  const worker = startWorker({
    queue,
    projects: projectsIn(store, { ...options, secret: "the secret of the benchmarks" }),
    createText: async () => true,
    answers: idleDiscord("1", () => answered.resolve()),
    cdnOrigins: [],
    defaultOrder: "random",
    hotdogUploads: "everyone",
    concurrency: CONCURRENCY,
    log,
  });
  return {
    async run(jobs) {
      for (const job of jobs) {
        answered = Promise.withResolvers();
        await queue.send(job);
        await answered.promise;
      }
    },
    async [Symbol.asyncDispose]() {
      await worker.stop(STOP_DEADLINE_MS);
      await queue.close();
    },
  };
}

/** Makes a press in each of the projects with these numbers, all by the same person. */
export function makeProjectPresses(projects: readonly number[], userId = USER): Job[] {
  const jobs = makePressJobs(projects.length, imageNameOf(0));
  for (const [index, number] of projects.entries()) {
    const job = jobs[index];
    if (job === undefined) continue;
    job.interaction = inProject(job.interaction, number, userId);
    job.press.project = projectIds(number).id;
  }
  return jobs;
}

/** Makes a job in the project with this number, as often as asked. */
export function makeProjectJobs(kind: "round" | "progress", number: number, count = 1): Job[] {
  return makePressJobs(count).map(({ interaction }) => {
    const asked = inProject(interaction, number, USER);
    return kind === "round"
      ? { kind, interaction: asked, roundLocale: "en-US" }
      : { kind, interaction: asked };
  });
}

/** Makes a `/forget-me` of a person. */
export function makeForgetJobs(userId: string): Job[] {
  return makePressJobs(1).map(({ interaction }) => ({
    kind: "forget",
    interaction: inProject(interaction, 0, userId),
  }));
}

/** The person who asks, unless another is named. */
const USER = "1000";

function inProject(interaction: InteractionReference, number: number, userId: string): InteractionReference {
  const { channel } = projectIds(number);
  return { ...interaction, userId, channelId: channel, place: { channelId: channel, ageRestricted: false } };
}
