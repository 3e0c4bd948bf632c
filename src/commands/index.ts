import type { Commands } from "./command.ts";
import { exportLabels } from "./export.ts";
import { forgetMe } from "./forget-me.ts";
import { help } from "./help.ts";
import { hotdog } from "./hotdog.ts";
import { myData } from "./my-data.ts";
import { progress } from "./progress.ts";
import { removeFromImageSet } from "./remove-from-image-set.ts";
import { stats } from "./stats.ts";
import { addToImageSet, upload } from "./upload.ts";

export const commands: Commands = {
  slash: [stats, hotdog, upload, progress, exportLabels, myData, forgetMe, help],
  message: [addToImageSet, removeFromImageSet],
};
