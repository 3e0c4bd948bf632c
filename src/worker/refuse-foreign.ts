import { jobApplication, type AttachedFile, type Job } from "../jobs/job.ts";
import { RefusedJobError } from "../queue/queue.ts";
import type { Answers } from "./answers.ts";
import { isOn } from "./fetch-attachment.ts";

/**
 * Refuses the job of another application, whose answers are not for us to give. Whoever may write to the queue could otherwise
 * have us answer with tokens of theirs.
 * @throws RefusedJobError for such a job; Error while it is not known which application is ours
 */
export async function refuseForeignApplication(
  job: Job,
  { applicationId }: Pick<Answers, "applicationId">,
): Promise<void> {
  const theirs = jobApplication(job);
  if (theirs === undefined) return;
  const ours = await applicationId();
  if (theirs !== ours)
    throw new RefusedJobError(`the job is of application ${theirs}; ours is ${ours}, by DISCORD_TOKEN`);
}

/**
 * Refuses attachments that are not on Discord's servers, all of them before the first is fetched.
 * @param origins as in "https://cdn.discordapp.com"
 * @throws RefusedJobError
 */
export function refuseForeignFiles(files: readonly AttachedFile[], origins: readonly string[]): void {
  const foreign = files.find(({ url }) => !isOn(origins, url));
  if (foreign === undefined) return;
  const origin = URL.parse(foreign.url)?.origin;
  throw new RefusedJobError(`an attachment is on ${origin}, which is not among DISCORD_CDN_ORIGINS`);
}
