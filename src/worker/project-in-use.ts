import type { KeyedMutex } from "../platform/keyed-mutex.ts";
import type { ProjectDefinition } from "../project/definition.ts";
import type { IdentifiedProject, ProjectIndex } from "../project/project-index.ts";
import type { ProjectRegistry } from "../project/project-registry.ts";
import type { Project } from "../project/project.ts";
import { pause } from "./every-day.ts";
import type { LabelPriority } from "./label-priority.ts";
import type { LabelersReporter } from "./labelers-report.ts";
import type { OwnReporter } from "./own-report.ts";
import type { SessionImages } from "./labeling-alone/session-images.ts";
import type { ProgressReporter } from "./progress/progress-report.ts";

/** What a worker computes from a project's labels and images, and keeps with it. */
export interface ProjectEstimates {
  labelPriority: LabelPriority;
  reportProgress: ProgressReporter;
  reportOwn: OwnReporter;
  reportLabelers: LabelersReporter;
  sessions: SessionImages;
  /** Locks the pseudonym of a person who labels alone. */
  lockPerson: KeyedMutex;
}

/** The projects of a worker. */
export type WorkerProjects = ProjectRegistry<ProjectEstimates>;

/** A project as handlers use it. */
export interface ProjectInUse extends Project, ProjectEstimates {
  /** Null for the hot dogs. */
  id: string | null;
  /** Undefined for the hot dogs. */
  definition: ProjectDefinition | undefined;
}

/** The project of a channel. */
export interface ChannelProject extends ProjectInUse {
  id: string;
  definition: ProjectDefinition;
}

export function isChannelProject(project: ProjectInUse): project is ChannelProject {
  return project.id !== null && project.definition !== undefined;
}

/**
 * Works with a project, which stays in memory until the work is done.
 * @param found null for the hot dogs
 * @param how "visit" for work that goes through all projects
 */
export async function useProject(
  found: IdentifiedProject | null,
  projects: WorkerProjects,
  work: (project: ProjectInUse) => Promise<void>,
  how: "open" | "visit" = "open",
): Promise<void> {
  using open = projects[how](found);
  await work({ ...open.project, ...open.attached, id: found?.id ?? null, definition: found?.definition });
}

/** Finds all projects of a store. */
export interface AllProjects {
  projects: WorkerProjects;
  projectIndex: Pick<ProjectIndex, "ids" | "read">;
}

/** Pause after each project, as a multiple of the time it took: the work takes a twentieth of one core. */
const PAUSE_SHARE = 19;
/** The longest pause. Longer work has made pauses itself. */
const MAX_PAUSE_MS = 1_000;

/**
 * Works with the hot dogs and then with each project, closed ones included, one after the other. It takes its time, so that jobs hardly
 * notice: an hour or more for 10,000 projects on S3.
 * @param signal ends it early
 */
export async function forEachProject(
  { projects, projectIndex }: AllProjects,
  work: (project: ProjectInUse) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  await useProject(null, projects, work, "visit");
  let started = performance.now();
  for await (const id of projectIndex.ids()) {
    if (signal.aborted) return;
    const definition = await projectIndex.read(id);
    if (definition !== undefined) await useProject({ id, definition }, projects, work, "visit");
    await pause(Math.min(PAUSE_SHARE * (performance.now() - started), MAX_PAUSE_MS), signal);
    started = performance.now();
  }
}
