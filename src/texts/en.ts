import { stats } from "./en/stats.ts";
import { hotdog, round, press } from "./en/rounds.ts";
import { upload, remove } from "./en/image-set.ts";
import { review } from "./en/review.ts";
import { askUpload, addAnyway, takeBack, ownImages } from "./en/own-uploads.ts";
import { progress } from "./en/progress.ts";
import { labelExport } from "./en/export.ts";
import { gold } from "./en/gold.ts";
import { label } from "./en/label.ts";
import { me } from "./en/me.ts";
import { labelers } from "./en/labelers.ts";
import { place, projectRights } from "./en/places.ts";
import { labeling } from "./en/labeling.ts";
import { project } from "./en/project.ts";
import { projectAnswers } from "./en/project-answers.ts";
import { myData, forgetMe, personalRows } from "./en/personal-data.ts";
import { help } from "./en/help.ts";

/** The texts that people read, in English. Other languages have the same keys. */
export const en = {
  stats,
  hotdog,
  round,
  press,
  upload,
  remove,
  review,
  askUpload,
  addAnyway,
  takeBack,
  ownImages,
  gold,
  progress,
  export: labelExport,
  label,
  me,
  labelers,
  place,
  projectRights,
  labeling,
  project,
  projectAnswers,
  myData,
  forgetMe,
  personalRows,
  help,
  tooMany: (count: number, counts: "times" | "files", per: "second" | "minute" | "hour") =>
    `That would be more than ${count} ${counts} in ${per === "hour" ? "an" : "a"} ${per}, so nothing was done. Please wait a moment and try again.`,
  // The worker recognizes the next two as a whole. After a change, messages that the previous version posted count as answers.
  notAccepted:
    "Sorry, your request could not be accepted just now. Nothing was recorded. Please try again in a moment.",
  failed: (reference: string) =>
    `Sorry, something went wrong on our side and this could not be done. Please try again; if it happens again, tell whoever runs this bot. Reference: \`${reference}\``,
  unknown: "That command no longer exists. Type `/` to see the current ones.",
};

export type Texts = typeof en;
