/** Which project a job is about, and who may do it: the handlers of such jobs are wrapped in these functions. */
import type { Job } from "../jobs/job.ts";
import type { ProjectDefinition } from "../project/definition.ts";
import type { IdentifiedProject } from "../project/project-index.ts";
import { textsFor, type Texts } from "../texts/texts.ts";
import { findPlace, type FoundPlace, type PersonRequest } from "./find-place.ts";
import { isChannelProject, useProject, type ChannelProject, type ProjectInUse } from "./project-in-use.ts";
import { may, type Right } from "./rights.ts";
import type { JobContext } from "./run-job.ts";

/** A job that a person asked for. */
type PersonJob = Extract<Job, { interaction: PersonRequest } | { message: PersonRequest }>;

type Handler<Asked> = (job: Asked, context: JobContext) => Promise<void>;

type ProjectHandler<Asked, Of = ProjectInUse, Context = JobContext> = (
  job: Asked,
  project: Of,
  context: Context,
) => Promise<void>;

/** What a handler of a job about the project of a place gets. */
export interface PlacedContext extends JobContext {
  place: KnownPlace;
}
type KnownPlace = Exclude<FoundPlace, "unknown">;

/** Whether a job can be done with a definition, which may be cached. If not, the definition is read again. */
type Suits<Asked> = (job: Asked, definition: ProjectDefinition) => boolean;

/** The job is about the hot dogs, wherever it comes from. */
export function aboutHotdogs<Asked>(handle: ProjectHandler<Asked>): Handler<Asked> {
  return (job, context) => useProject(null, context.projects, (hotdogs) => handle(job, hotdogs, context));
}

/**
 * The job is about the open project of the place it comes from: of the channel, or of a thread's parent. In direct messages, and
 * in channels that never had a project, it is about the hot dogs. Elsewhere the person is told that there is no project.
 */
export function aboutProjectHere<Asked extends PersonJob>(
  handle: ProjectHandler<Asked, ProjectInUse, PlacedContext>,
  suits: Suits<Asked> = () => true,
): Handler<Asked> {
  return async (job, context) => {
    const place = await findPlace(requestOf(job), context.answers.channels);
    if (place === "unknown") return refuse(job, "unknown", context);
    const found = await openProjectAt(place, context, ({ definition }) => suits(job, definition));
    if (found === "closed") return refuse(job, "closed", context);
    return useProject(found, context.projects, (project) => handle(job, project, { ...context, place }));
  };
}

/** Like `aboutProjectHere`, but where the place has no project, the person is told instead. */
export function aboutChannelProject<Asked extends PersonJob>(
  handle: ProjectHandler<Asked, ChannelProject, PlacedContext>,
): Handler<Asked> {
  return aboutProjectHere(async (job, project, context) => {
    if (isChannelProject(project)) await handle(job, project, context);
    else await refuse(job, "none", context);
  });
}

/**
 * The job is about the project that it names, from a button. It counts only in a place whose open project is that one. The hot
 * dogs, named by null, count everywhere. A job that names no project is about that of its place.
 */
export function aboutNamedProject<Asked extends PersonJob>(
  nameIn: (job: Asked) => string | null | undefined,
  handle: ProjectHandler<Asked>,
  suits: Suits<Asked> = () => true,
): Handler<Asked> {
  const handleHere = aboutProjectHere(handle, suits);
  const handleHotdogs = aboutHotdogs(handle);
  return async (job, context) => {
    const named = nameIn(job);
    if (named === undefined) return handleHere(job, context);
    if (named === null) return handleHotdogs(job, context);
    const place = await findPlace(requestOf(job), context.answers.channels);
    if (place === "unknown") return refuse(job, "unknown", context);
    const isSuitable = ({ id, definition }: IdentifiedProject): boolean =>
      id === named && suits(job, definition);
    const found = await openProjectAt(place, context, isSuitable);
    if (found === "closed") return refuse(job, "closed", context);
    if (found?.id !== named) return refuse(job, "elsewhere", context);
    return useProject(found, context.projects, (project) => handle(job, project, context));
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

/** Does the job only for a person who has the right in its project, and tells others who has it. */
export function onlyWith<Asked extends PersonJob, Of extends ProjectInUse, Context extends JobContext>(
  right: Right,
  handle: ProjectHandler<Asked, Of, Context>,
): ProjectHandler<Asked, Of, Context> {
  return async (job, project, context) => {
    const request = requestOf(job);
    if (may(project, request.rights, right)) return handle(job, project, context);
    const content = notAllowed(project, right, textsFor(request.locale));
    return context.answer.refuse({ content });
  };
}

function notAllowed({ id }: ProjectInUse, right: Right, texts: Texts): string {
  const { remove, export: exports, projectRights, project } = texts;
  return id === null
    ? { moderate: remove.notAllowed, manage: exports.notAllowed }[right]
    : { moderate: projectRights.moderate, manage: project.notAllowed }[right];
}

/** @param accepts whether a cached project will do */
async function openProjectAt(
  place: KnownPlace,
  { projects }: JobContext,
  accepts: (found: IdentifiedProject) => boolean,
): Promise<IdentifiedProject | "closed" | null> {
  return place === "direct messages" ? null : ((await projects.at(place.channelId, accepts)) ?? null);
}

function refuse(
  job: PersonJob,
  reason: "closed" | "unknown" | "elsewhere" | "none",
  { answer }: JobContext,
): Promise<void> {
  return answer.refuse({ content: textsFor(requestOf(job).locale).place[reason] });
}

function requestOf(job: PersonJob): PersonRequest {
  return "message" in job ? job.message : job.interaction;
}
