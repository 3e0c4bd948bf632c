import type { Texts } from "../en.ts";

export const labeling: Texts["labeling"] = {
  howToPress: "Appuyez sur votre réponse sous chaque image. Personne d’autre ne verra votre choix.",
  howToSelect: "Choisissez votre réponse sous chaque image. Personne d’autre ne verra votre choix.",
  placeholder: (position) => `Votre réponse à l’image ${position}`,
  unsure: "Je ne sais pas",
  noImages: "Il n’y a pas encore d’images à étiqueter dans le projet de ce salon. Ajoutez-en avec `/upload`.",
  saved: (position, label) =>
    `Enregistré : l’image ${position} est **${label}**. Vous avez changé d’avis ? Choisissez une autre réponse.`,
  savedUnsure: (position) =>
    `Enregistré : pour l’image ${position}, vous **ne savez pas**. Vous avez changé d’avis ? Choisissez une autre réponse.`,
  noLabel:
    "La question a changé et ne propose plus cette réponse ; rien n’a été enregistré. Utilisez `/série` pour avoir de nouvelles images.",
  purpose: "`/série` affiche les images du projet de ce salon pour que chacun les étiquette.",
};
