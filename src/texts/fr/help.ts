import type { Texts } from "../en.ts";

export const help: Texts["help"] = {
  command: { name: "aide", description: "Ce que fait ce bot, et comment l’utiliser ici" },
  title: "## Ce que je fais",
  stats: (stats) =>
    `${stats} donne le min, le max, la moyenne et la médiane de 1 à 10 nombres supérieurs à 0, comme \`/stats 3 5 8\`.`,
  label: (hotdog) =>
    `${hotdog} affiche 4 images au hasard ou, avec \`choix:utiles\`, celles qui ont le plus besoin de réponses. Appuyez sur 0 ou 1 sous chacune : est-ce un hot-dog ? Personne d’autre ne voit votre choix, que vous pouvez changer à tout moment.`,
  round: (round) => `${round} en affiche 4 qui ont le plus besoin de réponses.`,
  project: (info, round) =>
    `Un salon peut être un projet, avec sa question, ses images et ses étiquettes. ${info} décrit celui de ce salon, et ${round} affiche 4 de ses images.`,
  alone: (label) => `${label} montre les images une par une, en privé : le plus rapide pour étiqueter.`,
  me: (me) => `${me} vous dit en privé si vous étiquetez bien.`,
  upload: (upload) =>
    `${upload} ajoute des images à la collection, comme _Applications → Ajouter aux images_ dans le menu d’un message. Vous pouvez aussi m’en envoyer en message privé, ou en me mentionnant, et les reprendre.`,
  progress: (progress) =>
    `${progress} dit si c’est fini, combien de réponses il faut encore, et si les gens sont d’accord.`,
  createProject: (create) => `Vous pouvez faire de ce salon un projet : ${create}.`,
  remove:
    "Menu d’une série : _Applications → Retirer des images_, ou _Fixer la réponse de référence_ pour contrôler les gens. Images à valider : `/projet info`.",
  labelers: (labelers) =>
    `${labelers} montre, sous pseudonyme, si les gens étiquettent bien, et permet d’exclure les réponses de qui nuit.`,
  export: (exports) => `${exports} vous envoie en privé les étiquettes, au format de votre choix.`,
  yours: (myData, forgetMe) =>
    `${myData} vous envoie tout ce qui est conservé sur vous, et ${forgetMe} l’efface. Personne d’autre ne le voit.`,
  kept: "-# Ce qui est conservé : vos réponses et vos ajouts, sous un pseudonyme ; pour `/stats`, les nombres et le salon, sans nom.",
  privacy: (url) => `-# En savoir plus : <${url}>`,
  elsewhere: (hotdog, upload) =>
    `Sur les serveurs qui m’ont ajouté, et en message privé avec moi, vous pouvez étiqueter des images avec ${hotdog} et en ajouter avec ${upload}.`,
};
