import type { Commands } from "./command.ts";
import { exportLabels } from "./export.ts";
import { forgetMe } from "./forget-me.ts";
import { help } from "./help.ts";
import { label } from "./label.ts";
import { labelers } from "./labelers.ts";
import { me } from "./me.ts";
import { myData } from "./my-data.ts";
import { progress } from "./progress.ts";
import { project } from "./projects/project.ts";
import { removeFromImageSet } from "./remove-from-image-set.ts";
import { hotdog, round } from "./round.ts";
import { setGoldAnswer } from "./set-gold-answer.ts";
import { stats } from "./stats.ts";
import { addToImageSet, upload } from "./upload.ts";

/** In the order in which they are published, and in which `/help`, README.md and docs/commands.md list them. */
export const commands: Commands = {
  slash: [
    stats,
    hotdog,
    round,
    label,
    me,
    upload,
    progress,
    labelers,
    project,
    exportLabels,
    myData,
    forgetMe,
    help,
  ],
  message: [addToImageSet, removeFromImageSet, setGoldAnswer],
};
