/** Wrappers for handlers. They find the project that a job is about. */
import type { ProjectDefinition } from "../project/definition.ts";
import type { IdentifiedProject } from "../project/project-index.ts";
import { textsFor } from "../texts/texts.ts";
import { findPlace, requestOf, type FoundPlace, type PersonJob } from "./find-place.ts";
import { isChannelProject, useProject, type ChannelProject, type ProjectInUse } from "./project-in-use.ts";
import type { JobContext } from "./run-job.ts";

type Handler<Asked> = (job: Asked, context: JobContext) => Promise<void>;

/** A handler of jobs about a project. */
export type ProjectHandler<Asked, Of = ProjectInUse, Context = JobContext> = (
  job: Asked,
  project: Of,
  context: Context,
) => Promise<void>;

/** The context of a handler that also needs to know where the person asked. */
export interface PlacedContext extends JobContext {
  place: KnownPlace;
}
type KnownPlace = Exclude<FoundPlace, "unknown">;

/** Whether a job can be done with a definition, which may be cached. If not, the store is asked for the current one. */
type Accepts<Asked> = (job: Asked, definition: ProjectDefinition) => boolean;

/** For jobs about the hot dogs, wherever they come from. */
export function aboutHotdogs<Asked>(handle: ProjectHandler<Asked>): Handler<Asked> {
  return (job, context) => useProject(null, context.projects, (hotdogs) => handle(job, hotdogs, context));
}

/**
 * For jobs about the open project of the place they come from: of the channel, or of a thread's parent. In direct messages, and in
 * channels that never had a project, they are about the hot dogs. In a channel whose project is closed, the job is refused.
 */
export function aboutProjectHere<Asked extends PersonJob>(
  handle: ProjectHandler<Asked, ProjectInUse, PlacedContext>,
  accepts: Accepts<Asked> = () => true,
): Handler<Asked> {
  return async (job, context) => {
    const here = await findHere(job, context, ({ definition }) => accepts(job, definition));
    if (typeof here === "string") return refuse(job, here, context);
    const { found, place } = here;
    return useProject(found, context.projects, (project) => handle(job, project, { ...context, place }));
  };
}

/** Like `aboutProjectHere`, but refuses jobs from a place without a project. */
export function aboutChannelProject<Asked extends PersonJob>(
  handle: ProjectHandler<Asked, ChannelProject, PlacedContext>,
): Handler<Asked> {
  return aboutProjectHere(async (job, project, context) => {
    if (isChannelProject(project)) await handle(job, project, context);
    else await refuse(job, "none", context);
  });
}

/**
 * For jobs about the project that they name, from a button. A job is refused in a place whose open project is another one. The hot
 * dogs, named by null, are accepted everywhere.
 * @param nameIn returns undefined for a job without the field, such as that of the command `/label`, which is about the project of
 * its place
 */
export function aboutNamedProject<Asked extends PersonJob>(
  nameIn: (job: Asked) => string | null | undefined,
  handle: ProjectHandler<Asked>,
  accepts: Accepts<Asked> = () => true,
): Handler<Asked> {
  const handleHere = aboutProjectHere(handle, accepts);
  const handleHotdogs = aboutHotdogs(handle);
  return async (job, context) => {
    const named = nameIn(job);
    if (named === undefined) return handleHere(job, context);
    if (named === null) return handleHotdogs(job, context);
    const here = await findHere(
      job,
      context,
      ({ id, definition }) => id === named && accepts(job, definition),
    );
    if (typeof here === "string") return refuse(job, here, context);
    if (here.found?.id !== named) return refuse(job, "elsewhere", context);
    return useProject(here.found, context.projects, (project) => handle(job, project, context));
  };
}

/** Like `aboutNamedProject`, for jobs that always name a channel's project. */
export function aboutNamedChannelProject<Asked extends PersonJob & { project: string }>(
  handle: ProjectHandler<Asked, ChannelProject>,
): Handler<Asked> {
  return aboutNamedProject<Asked>(
    ({ project }) => project,
    async (job, project, context) => {
      if (isChannelProject(project)) await handle(job, project, context);
    },
  );
}

/**
 * Finds where a job comes from, and the open project there, which is null for the hot dogs.
 * @param accepts whether a cached project will do
 */
async function findHere(
  job: PersonJob,
  { answers, projects }: JobContext,
  accepts: (found: IdentifiedProject) => boolean,
): Promise<{ place: KnownPlace; found: IdentifiedProject | null } | "closed" | "unknown"> {
  const place = await findPlace(requestOf(job), answers.channels);
  if (place === "unknown") return place;
  const found = place === "direct messages" ? null : await projects.at(place.channelId, accepts);
  return found === "closed" ? found : { place, found: found ?? null };
}

function refuse(
  job: PersonJob,
  reason: "closed" | "unknown" | "elsewhere" | "none",
  { answer }: JobContext,
): Promise<void> {
  return answer.refuse({ content: textsFor(requestOf(job).locale).place[reason] });
}
