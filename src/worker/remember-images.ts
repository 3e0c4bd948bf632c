import type { Log } from "../platform/log.ts";
import { rememberAll, removeStrayThumbnails } from "../project/near-duplicates/remember-all.ts";
import { everyDay, pause } from "./every-day.ts";
import { forEachProject, type AllProjects, type ProjectInUse } from "./project-in-use.ts";

/** Pause after each image, as a multiple of the time it took: the work takes a quarter of one core. */
const PAUSE_SHARE = 3;

interface Context extends AllProjects {
  log: Log;
}

/**
 * Remembers in the background how the images of all open projects look that were added without that: now, and then once a day. Every
 * worker does so; repeating it does no harm. Disposing of it ends the work after the current image.
 */
export function startRemembering({ log, ...all }: Context): AsyncDisposable {
  return everyDay(async (signal) => {
    const remember = async (project: ProjectInUse): Promise<void> => {
      if (project.definition?.closedAt === undefined) await rememberProject(project, { log, signal });
    };
    try {
      await forEachProject(all, remember, signal);
    } catch (error) {
      if (!signal.aborted)
        log.warn({ err: error }, "not all images can be compared with new ones; trying again in a day");
    }
  });
}

async function rememberProject(
  { id, images, nearDuplicates, thumbnails }: ProjectInUse,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  const remembered = await rememberAll(images, nearDuplicates, {
    pause: (tookMs) => pause(PAUSE_SHARE * tookMs, signal),
    signal,
    random: Math.random,
    log,
  });
  if (remembered > 0)
    log.info({ project: id, images: remembered }, "earlier images are compared with new ones from now on");
  if (!signal.aborted) await removeStrayThumbnails(images, thumbnails);
}
