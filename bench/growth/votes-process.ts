/** A worker's projects in a separate process, whose memory and CPU time are measured. */
import { z } from "zod";
import { s3Store } from "../../src/object-store/s3/s3-store.ts";
import { createLog } from "../../src/platform/log.ts";
import { projectsIn } from "../../src/project/projects.ts";
import { projectEstimates } from "../../src/worker/worker.ts";
import { answerParent } from "../harness/child.ts";
import { cpuMilliseconds, measureMemory } from "../harness/process-usage.ts";
import { projectIds } from "../samples/stored-projects.ts";

const request = z.object({
  /** Number of the first project to read, and the number of projects. */
  first: z.int(),
  count: z.int(),
});

const log = createLog({ level: "error" });
const store = await s3Store({ bucket: process.argv[2] ?? "", prefix: "" }, { forcePathStyle: true });
const options = { secret: "the secret of the benchmarks", log, now: Date.now, random: Math.random };
const registry = projectsIn(store, options).register((project) => projectEstimates(project, options));

/** Does with a project what a round does that shows first what needs answers. */
async function readVotes(number: number): Promise<void> {
  const found = await registry.at(projectIds(number).channel);
  if (typeof found !== "object") throw new Error("a project is missing");
  using open = registry.open(found);
  await open.project.tally.read();
  if ((await open.attached.labelPriority.statusesFor("nobody")) === undefined)
    throw new Error("the votes were not read");
}

answerParent(process, async (message) => {
  const { first, count } = request.parse(message);
  const cpuBefore = cpuMilliseconds(process);
  for (let number = first; number < first + count; number += 1) await readVotes(number);
  return { cpu: (cpuMilliseconds(process) - cpuBefore) / count, memory: measureMemory(process) };
});
