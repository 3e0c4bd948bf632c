import type { Texts } from "../en.ts";

export const hotdog: Texts["hotdog"] = {
  command: {
    name: "hotdog",
    description: "Affiche 4 images à étiqueter : hot-dog ou pas ?",
    choose: {
      name: "choix",
      description: "Quelles images afficher : au hasard, ou celles qui ont le plus besoin de réponses",
      choices: { random: "hasard", needed: "utiles" },
    },
  },
  round: {
    question:
      "## Hot-dog ou pas ?\nAppuyez sur 0 ou 1 sous chaque image. Personne d’autre ne verra votre choix.",
    image: (position) => `**Image ${position}**`,
    alt: (position, count) => `Image ${position} sur ${count}`,
    labels: { 0: "0 · pas un hot-dog", 1: "1 · hot-dog" },
  },
  noImages:
    "Il n’y a pas encore d’images à étiqueter. La personne qui gère ce bot peut ajouter les 20 images de départ : `npm run import -- --starter`.",
};

export const round: Texts["round"] = {
  command: {
    name: "série",
    description: "Affiche 4 images à étiqueter du projet de ce salon",
    choose: {
      name: "choix",
      description: "Quelles images afficher : celles qui ont le plus besoin de réponses, ou au hasard",
    },
  },
};

export const press: Texts["press"] = {
  saved: (position, label) =>
    `Enregistré : l’image ${position} est **${label}**. Vous avez changé d’avis ? Appuyez sur l’autre bouton.`,
  removed: "Cette image a été retirée depuis ; votre réponse n’a pas été enregistrée. Merci quand même !",
  unknown:
    "Ce bouton vient d’une autre version du bot et ne marche plus. Rien n’a été enregistré. Utilisez `/hotdog` pour avoir de nouvelles images.",
  erased:
    "Vous avez utilisé `/forget-me` après avoir appuyé sur ce bouton ; la réponse n’a donc pas été enregistrée. Appuyez de nouveau pour l’enregistrer.",
};
