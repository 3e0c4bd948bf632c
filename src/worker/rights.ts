import type { Rights } from "../jobs/place.ts";
import { textsFor, type Texts } from "../texts/texts.ts";
import type { ProjectHandler } from "./about-project.ts";
import { requestOf, type PersonJob } from "./find-place.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import type { JobContext } from "./run-job.ts";

/** What only some people may do. "moderate": remove images from a project and set its gold answers. "manage": change, close and export it. */
type Right = "moderate" | "manage";

const HOTDOG_RIGHTS = { moderate: "moderateHotdogs", manage: "manageHotdogs" } as const;

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

/** Whether a person has the right in a project. @param rights what the bot has checked; undefined grants nothing */
export function may(
  { id }: Pick<ProjectInUse, "id">,
  rights: Partial<Rights> | undefined,
  right: Right,
): boolean {
  return rights?.[id === null ? HOTDOG_RIGHTS[right] : right] === true;
}
