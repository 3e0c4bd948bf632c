import type {
  CloseProjectJob,
  CreateProjectJob,
  EditProjectJob,
  OfferClosingJob,
  ProjectInfoJob,
  ProjectSettingsJob,
} from "../../jobs/project.ts";
import { RefusedJobError } from "../../queue/queue.ts";

type ProjectJob =
  | CreateProjectJob
  | ProjectInfoJob
  | ProjectSettingsJob
  | EditProjectJob
  | OfferClosingJob
  | CloseProjectJob;

/** Refuses the jobs of projects, which this worker cannot store yet. */
export async function refuseProjectJob({ kind }: ProjectJob): Promise<void> {
  throw new RefusedJobError(`this worker keeps no projects, so it cannot do ${kind}`);
}
