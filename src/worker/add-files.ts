import type { AttachedFile } from "../jobs/references.ts";
import type { UploadAnswer } from "../project/pending-images.ts";
import { RefusedJobError } from "../queue/queue.ts";
import { addUploads, type UploadRequest } from "./add-uploads.ts";
import { isOn } from "./fetch-attachment.ts";
import type { PersonRequest } from "./find-place.ts";
import { needsApproval } from "./pending-upload.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import type { JobContext } from "./run-job.ts";
import type { UploadOutcome } from "./upload-outcome.ts";

interface AddFilesOptions extends Partial<
  Pick<UploadRequest, "sourceId" | "firstPosition" | "allowNearDuplicates" | "showAdded">
> {
  /** The message that tells the person the result. By default it is the one that answers the request. */
  answerId?: string;
}

/**
 * Adds files to a project.
 * @returns what happened to each; undefined if an earlier delivery has given the answer
 * @throws RetryLaterError, RefusedJobError, or Error while an attachment cannot be downloaded
 */
export async function addFiles(
  request: PersonRequest,
  files: readonly AttachedFile[],
  project: ProjectInUse,
  context: JobContext,
  { answerId, ...options }: AddFilesOptions = {},
): Promise<UploadOutcome[] | undefined> {
  const { id: jobId, userId } = request;
  return workOnFiles({ userId, files }, context, async () => {
    const needApproval = needsApproval(request, project, context);
    const answer = needApproval ? await answerTo(request, context, answerId) : undefined;
    const rules = { needApproval, answer, allowNearDuplicates: false, ...options };
    return addUploads({ jobId, userId, files, ...rules }, project, context);
  });
}

/** The message that tells the person the result. @param known its id; by default, Discord is asked for it */
async function answerTo(
  { guildId, channelId }: PersonRequest,
  { answer }: JobContext,
  known: string | undefined,
): Promise<UploadAnswer | undefined> {
  const message = known ?? (await answer.messageId());
  const guild = guildId ?? undefined;
  return message === undefined ? undefined : { guild, channel: channelId, message };
}

/**
 * Works on the files of a person, one request of theirs at a time.
 * @param work returns a result for each file
 * @returns undefined if an earlier delivery has given the answer
 * @throws RetryLaterError, RefusedJobError, or Error while an attachment cannot be downloaded
 */
export async function workOnFiles<Result extends object>(
  { userId, files }: { userId: string; files: readonly AttachedFile[] },
  context: JobContext,
  work: () => Promise<Result[]>,
): Promise<Result[] | undefined> {
  return context.uploadAccounts.runUpload(userId, async () => {
    refuseForeignFiles(files, context.cdnOrigins);
    // A moderator may have removed an image since the answer; it must not be added again.
    if (await context.answer.isGiven()) return undefined;
    const results = await work();
    const retriable = results.some((file) => "refusal" in file && file.refusal === "unreachable");
    if (retriable && !context.last) throw new Error("an attachment could not be downloaded");
    return results;
  });
}

/**
 * Refuses attachments that are not on Discord's servers, before any of them is downloaded.
 * @param origins such as "https://cdn.discordapp.com"
 * @throws RefusedJobError
 */
function refuseForeignFiles(files: readonly AttachedFile[], origins: readonly string[]): void {
  const foreign = files.find(({ url }) => !isOn(origins, url));
  if (foreign === undefined) return;
  const origin = URL.parse(foreign.url)?.origin;
  throw new RefusedJobError(`an attachment is on ${origin}, which is not listed in DISCORD_CDN_ORIGINS`);
}
