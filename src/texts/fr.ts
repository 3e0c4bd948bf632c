import type { Texts } from "./en.ts";
import { stats } from "./fr/stats.ts";
import { hotdog, round, press } from "./fr/rounds.ts";
import { upload, remove } from "./fr/image-set.ts";
import { review } from "./fr/review.ts";
import { askUpload, addAnyway, takeBack, ownImages } from "./fr/own-uploads.ts";
import { progress } from "./fr/progress.ts";
import { labelExport } from "./fr/export.ts";
import { gold } from "./fr/gold.ts";
import { label } from "./fr/label.ts";
import { me } from "./fr/me.ts";
import { labelers } from "./fr/labelers.ts";
import { place, projectRights } from "./fr/places.ts";
import { labeling } from "./fr/labeling.ts";
import { project } from "./fr/project.ts";
import { projectAnswers } from "./fr/project-answers.ts";
import { myData, forgetMe, personalRows } from "./fr/personal-data.ts";
import { help } from "./fr/help.ts";

/** The translation of `en`. */
export const fr: Texts = {
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
  tooMany: (count, counts, per) =>
    `Cela ferait plus de ${count} ${counts === "files" ? "fichiers" : "fois"} en une ${{ second: "seconde", minute: "minute", hour: "heure" }[per]} ; rien n’a été fait. Patientez un moment, puis réessayez.`,
  notAccepted:
    "Désolé, votre demande n’a pas pu être acceptée pour l’instant. Rien n’a été enregistré. Veuillez réessayer dans un moment.",
  failed: (reference) =>
    `Désolé, un problème de notre côté a empêché d’aboutir. Veuillez réessayer ; si cela se reproduit, prévenez la personne qui gère ce bot. Référence : \`${reference}\``,
  unknown: "Cette commande n’existe plus. Tapez `/` pour voir celles qui existent.",
};
