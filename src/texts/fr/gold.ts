import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";

const { counted } = figuresIn("fr-FR");

export const gold: Texts["gold"] = {
  messageCommand: "Fixer la réponse de référence",
  noRound: "Ce message n’a pas d’images à étiqueter. Choisissez une de mes séries.",
  offer:
    "## Réponses de référence\nChoisissez la bonne réponse là où personne ne peut en douter. `/étiqueter` glisse alors l’image parmi les autres, et dit aux gens après leur première réponse si elle était juste.",
  image: (position) => `**Image ${position}**`,
  alt: (position, count) => `Image ${position} sur ${count}`,
  current: (answer) => `Référence : **${answer}**`,
  none: "Pas de référence",
  placeholder: (position) => `Réponse de référence de l’image ${position}`,
  saved: (answer) => `**Enregistré.** Référence : **${answer}**`,
  takenBack: "**Enregistré.** Pas de référence",
  noLabel: "La question a changé et n’a plus cette étiquette ; rien n’a été enregistré.",
  allGone: "Aucune de ces images n’est encore dans la collection.",
  gone: "Cette image n’est plus dans la collection ; rien n’a été enregistré.",
  count: (images) => `**Images de référence :** ${images === 0 ? "aucune" : images}`,
  howTo:
    "Créez-en avec _Applications → Fixer la réponse de référence_ dans le menu d’une série : avec 20 à 50 images qui montrent toutes les étiquettes, vous verrez qui répond bien.",
  ofLabel: (label, images) => `${label} : ${images}`,
  more: (images) => `et ${counted(images, { one: "autre image", other: "autres images" })}`,
  right: "✓ C’était un contrôle : bonne réponse.",
  wrong: (answer) => `✗ Contrôle. Bonne réponse : **${answer}**`,
  unsure: (answer) => `Contrôle. Bonne réponse : **${answer}**`,
};
