import type { Job, JobKind } from "../jobs/job.ts";
import {
  aboutChannelProject,
  aboutHotdogs,
  aboutNamedChannelProject,
  aboutNamedProject,
  aboutProjectHere,
} from "./about-project.ts";
import { addAnyway } from "./jobs/add-anyway.ts";
import { addAsked } from "./jobs/add-asked.ts";
import { answerExport } from "./jobs/export.ts";
import { closeProject, offerClosing } from "./jobs/close-project.ts";
import { createProject } from "./jobs/create-project.ts";
import { changeProject, showSettings } from "./jobs/edit-project.ts";
import { hasGoldLabel, offerGold, setGold } from "./jobs/gold.ts";
import { answerLabelers, excludePerson } from "./jobs/labelers.ts";
import { answerMe } from "./jobs/me.ts";
import { endLabeling, skipImage, startLabeling } from "./jobs/label.ts";
import { goBack } from "./jobs/label-back.ts";
import { saveLabelPress } from "./jobs/label-press.ts";
import { erasePerson, sendOwnData } from "./jobs/my-data.ts";
import { offersAnswer, savePress } from "./jobs/press.ts";
import { answerProgress } from "./jobs/progress.ts";
import { answerProjectInfo } from "./jobs/project-info.ts";
import { offerRemoval, removeImage } from "./jobs/remove.ts";
import { decideImages, showReview } from "./jobs/review.ts";
import { postHotdogRound, postRound } from "./jobs/round.ts";
import { answerClientStats, answerStats } from "./jobs/stats.ts";
import { showOwnImages, takeImageBack } from "./jobs/take-back.ts";
import { writeLog } from "./jobs/transaction-log.ts";
import { acceptsUpload, answerMessageUpload, answerUpload } from "./jobs/upload.ts";
import { onlyWith } from "./rights.ts";
import type { JobContext } from "./run-job.ts";

/** The handler of one kind of job. */
export type HandlerOf<Kind extends JobKind> = {
  // A method, because TypeScript then accepts any job for `HANDLERS[job.kind]`.
  handle(job: Extract<Job, { kind: Kind }>, context: JobContext): Promise<void>;
}["handle"];

/** The handler of each kind of job. The order does not matter; related kinds are together. */
export const HANDLERS: { [Kind in JobKind]: HandlerOf<Kind> } = {
  stats: answerStats,
  "client-stats": answerClientStats,
  hotdog: aboutHotdogs(postHotdogRound),
  round: aboutProjectHere(postRound),
  press: aboutNamedProject(({ press }) => press.project, savePress, offersAnswer),
  label: aboutNamedProject(({ project }) => project, startLabeling),
  "label-press": aboutNamedProject(({ press }) => press.project, saveLabelPress, offersAnswer),
  "label-skip": aboutNamedProject(({ skip }) => skip.project, skipImage),
  "label-back": aboutNamedProject(({ back }) => back.project, goBack),
  "label-done": aboutNamedProject(({ done }) => done.project, endLabeling),
  upload: aboutProjectHere(answerUpload, acceptsUpload),
  "message-upload": aboutProjectHere(answerMessageUpload, acceptsUpload),
  "add-asked": aboutNamedProject(({ project }) => project, addAsked, acceptsUpload),
  "add-anyway": aboutNamedProject(({ project }) => project, addAnyway, acceptsUpload),
  "take-back": takeImageBack,
  "own-images": showOwnImages,
  "offer-removal": aboutNamedProject(({ project }) => project, onlyWith("moderate", offerRemoval)),
  remove: aboutNamedProject(({ project }) => project, onlyWith("moderate", removeImage)),
  review: aboutNamedProject(({ project }) => project, onlyWith("approve", showReview)),
  decide: aboutNamedProject(({ project }) => project, onlyWith("approve", decideImages)),
  "offer-gold": aboutNamedProject(({ project }) => project, onlyWith("moderate", offerGold)),
  "set-gold": aboutNamedProject(({ project }) => project, onlyWith("moderate", setGold), hasGoldLabel),
  progress: aboutNamedProject(({ project }) => project, answerProgress),
  me: aboutProjectHere(answerMe),
  labelers: aboutNamedProject(({ project }) => project, onlyWith("moderate", answerLabelers)),
  exclude: aboutNamedProject(({ project }) => project, onlyWith("moderate", excludePerson)),
  export: aboutNamedProject(({ project }) => project, onlyWith("manage", answerExport)),
  "create-project": createProject,
  "project-info": aboutProjectHere(answerProjectInfo),
  "project-settings": aboutChannelProject(onlyWith("manage", showSettings)),
  "edit-project": aboutNamedChannelProject(onlyWith("manage", changeProject)),
  "offer-closing": aboutChannelProject(onlyWith("manage", offerClosing)),
  "close-project": aboutNamedChannelProject(onlyWith("manage", closeProject)),
  "my-data": sendOwnData,
  forget: erasePerson,
  "transaction-log": writeLog,
};
