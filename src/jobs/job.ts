import { z } from "zod";
import { describeError } from "../platform/describe-error.ts";
import { printable } from "../platform/safe-text.ts";
import type { JobDeclaration } from "./declaration.ts";
import { EXPORT_JOB } from "./export.ts";
import { OFFER_GOLD_JOB, SET_GOLD_JOB } from "./gold.ts";
import { HOTDOG_JOB, ROUND_JOB } from "./round.ts";
import { LABEL_BACK_JOB, LABEL_DONE_JOB, LABEL_JOB, LABEL_PRESS_JOB, LABEL_SKIP_JOB } from "./label.ts";
import { EXCLUDE_JOB, LABELERS_JOB } from "./labelers.ts";
import { ME_JOB } from "./me.ts";
import { FORGET_JOB, MY_DATA_JOB } from "./my-data.ts";
import { ADD_ANYWAY_JOB, ADD_ASKED_JOB, OWN_IMAGES_JOB, TAKE_BACK_JOB } from "./own-uploads.ts";
import { PRESS_JOB } from "./press.ts";
import { PROGRESS_JOB } from "./progress.ts";
import {
  CLOSE_PROJECT_JOB,
  CREATE_PROJECT_JOB,
  EDIT_PROJECT_JOB,
  OFFER_CLOSING_JOB,
  PROJECT_INFO_JOB,
  PROJECT_SETTINGS_JOB,
} from "./project.ts";
import { DECIDE_JOB, REVIEW_JOB } from "./review.ts";
import { OFFER_REMOVAL_JOB, REMOVE_JOB } from "./remove.ts";
import { CLIENT_STATS_JOB, STATS_JOB } from "./stats.ts";
import { TRANSACTION_LOG_JOB } from "./transaction-log.ts";
import { MESSAGE_UPLOAD_JOB, UPLOAD_JOB } from "./upload.ts";

/** Every kind of job. The order does not matter; related kinds are together. */
const DECLARATIONS = {
  stats: STATS_JOB,
  "client-stats": CLIENT_STATS_JOB,
  hotdog: HOTDOG_JOB,
  round: ROUND_JOB,
  press: PRESS_JOB,
  label: LABEL_JOB,
  "label-press": LABEL_PRESS_JOB,
  "label-skip": LABEL_SKIP_JOB,
  "label-back": LABEL_BACK_JOB,
  "label-done": LABEL_DONE_JOB,
  upload: UPLOAD_JOB,
  "message-upload": MESSAGE_UPLOAD_JOB,
  "add-asked": ADD_ASKED_JOB,
  "add-anyway": ADD_ANYWAY_JOB,
  "take-back": TAKE_BACK_JOB,
  "own-images": OWN_IMAGES_JOB,
  "offer-removal": OFFER_REMOVAL_JOB,
  remove: REMOVE_JOB,
  review: REVIEW_JOB,
  decide: DECIDE_JOB,
  "offer-gold": OFFER_GOLD_JOB,
  "set-gold": SET_GOLD_JOB,
  progress: PROGRESS_JOB,
  me: ME_JOB,
  labelers: LABELERS_JOB,
  exclude: EXCLUDE_JOB,
  export: EXPORT_JOB,
  "create-project": CREATE_PROJECT_JOB,
  "project-info": PROJECT_INFO_JOB,
  "project-settings": PROJECT_SETTINGS_JOB,
  "edit-project": EDIT_PROJECT_JOB,
  "offer-closing": OFFER_CLOSING_JOB,
  "close-project": CLOSE_PROJECT_JOB,
  "my-data": MY_DATA_JOB,
  forget: FORGET_JOB,
  "transaction-log": TRANSACTION_LOG_JOB,
};

const { stats, ...others } = DECLARATIONS;
const job = z.discriminatedUnion(
  "kind",
  [stats.schema, ...Object.values(others).map(({ schema }) => schema)],
  "no kind of job that this version knows",
);

export type Job = z.infer<typeof job>;
export type JobKind = Job["kind"];
export const JOB_KINDS: readonly JobKind[] = job.options.map(({ shape }) => shape.kind.value);

export function declarationOf({ kind }: Job): JobDeclaration<z.ZodType<Job>> {
  return DECLARATIONS[kind];
}

export function jobId(value: Job): string {
  return declarationOf(value).id(value);
}

export function tenantOf(value: Job): string {
  return declarationOf(value).tenant(value);
}

/** The level at which the success of this job is logged. */
export function logLevelOf(value: Job): "debug" | "info" {
  return declarationOf(value).logLevel ?? "info";
}

/** @throws ZodError for a job that no worker would accept, so that the bot can still tell the person */
export function formatJob(value: Job): string {
  return JSON.stringify(job.parse(value));
}

/** @throws Error that explains in one printable line why the text is not a job */
export function parseJob(body: string): Job {
  const result = tryParse(body);
  if ("job" in result) return result.job;
  throw new Error(printable(result.reason));
}

/** Like `parseJob`, but returns undefined instead of throwing. */
export function jobIn(body: string): Job | undefined {
  const result = tryParse(body);
  return "job" in result ? result.job : undefined;
}

function tryParse(body: string): { job: Job } | { reason: string } {
  try {
    const { data, error } = job.safeParse(JSON.parse(body));
    if (error === undefined) return { job: data };
    const issues = error.issues.map(({ path, message }) => [...path, message].map(String).join(": "));
    return { reason: issues.join("; ") };
  } catch (error) {
    return { reason: describeError(error) };
  }
}

/** Finds the id of the job in a body for the log, even if only a newer version can parse the job. */
export function loggedJobId(body: string): string | undefined {
  const parsed = jobIn(body);
  return parsed === undefined ? /"id":\s*"(\d{1,19})"/.exec(body)?.[1] : jobId(parsed);
}
