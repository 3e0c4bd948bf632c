import type { Log } from "../platform/log.ts";
import { sentAt } from "../project/pending-images.ts";
import type { UploadId } from "../project/upload-file.ts";
import { everyDay } from "./every-day.ts";
import { forEachProject, type AllProjects, type ProjectInUse } from "./project-in-use.ts";
import { settlePending, type SettleContext } from "./settle-pending.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** For how long an image may wait. */
const MAX_WAIT_MS = 30 * DAY_MS;

interface SweepContext extends AllProjects {
  settling: SettleContext;
  log: Log;
}

/**
 * Rejects what has waited for 30 days or in a closed project, and completes what an interrupted decision has left: now, and then
 * once a day. Every worker does so; repeating it does no harm (A8).
 */
export function startSweeps({ settling, log, ...all }: SweepContext): AsyncDisposable {
  return everyDay(async (signal) => {
    try {
      await forEachProject(all, (project) => sweepProject(project, settling, log), signal);
    } catch (error) {
      log.warn({ err: error }, "could not look for images that have waited too long; trying again in a day");
    }
  });
}

async function sweepProject(project: ProjectInUse, context: SettleContext, log: Log): Promise<void> {
  for (const id of await project.pending.all())
    await sweepImage(id, project, context).catch((error: unknown) => {
      const upload = `${id.jobId}-${id.position}`;
      log.warn({ err: error, upload }, "could not remove an image that waits; trying again in a day");
    });
}

async function sweepImage(id: UploadId, project: ProjectInUse, context: SettleContext): Promise<void> {
  const { pending, definition } = project;
  const isOver = context.now() - sentAt(id) > MAX_WAIT_MS || definition?.closedAt !== undefined;
  const record = isOver ? await pending.decide(id, "rejected") : await pending.find(id);
  if (record?.decision !== undefined) await settlePending([id], project, context);
  // Without a record it is what an interrupted upload has left.
  else if (record === undefined && isOver) await pending.remove(id);
}
