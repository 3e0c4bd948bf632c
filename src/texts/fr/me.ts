import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted, number, share } = figuresIn("fr-FR");

export const me: Texts["me"] = {
  command: {
    name: "moi",
    description: "Vous dit si vous étiquetez bien ici ; personne d’autre ne le voit",
  },
  title: "## Vos réponses ici",
  answered: (images) => `**Réponses :** ${counted(images, nouns.image)}`,
  nothing: (label) => `Vous n’avez encore répondu à aucune image ici. Commencez avec \`/${label}\`.`,
  gold: (right, all, { low, high }) =>
    `**Images de contrôle :** ${counted(right, { one: "réponse juste", other: "réponses justes" })} sur ${number(all)} (${share(right, all)}). Vous auriez donc raison sur ${share(low, 1)} à ${share(high, 1)} de toutes les images.`,
  fewGold: (all, needed) =>
    `**Images de contrôle :** pas encore assez : ${number(all)} sur les ${number(needed)} qu’il faut pour en dire quelque chose.`,
  settled: (agreeing, all) =>
    `**Les autres :** vous êtes d’accord sur ${number(agreeing)} des ${counted(all, { one: "image réglée", other: "images réglées" })} (${share(agreeing, all)})`,
  fewSettled:
    "**Les autres :** pas encore assez : parmi vos images, aucune n’est encore réglée par d’autres.",
  byLabel: (label, agreeing, all) =>
    `- ${label} : ${number(agreeing)} sur ${number(all)} (${share(agreeing, all)})`,
  notes: {
    gold: "Les images de contrôle sont des images dont la réponse est connue ; seule votre première réponse à chacune compte.",
    settled:
      "Une image compte ici quand d’autres sont sûrs de son étiquette sans votre réponse. Ils peuvent se tromper, eux aussi.",
    unsure: "Les réponses « Je ne sais pas » ne comptent ni dans l’un ni dans l’autre.",
  },
};
