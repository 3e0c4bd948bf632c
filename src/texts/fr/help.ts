import type { Texts } from "../en.ts";

export const help: Texts["help"] = {
  command: { name: "aide", description: "Ce que fait ce bot, et comment l’utiliser ici" },
  title: "## Ce que je fais",
  stats: (stats) =>
    `${stats} donne le min, le max, la moyenne et la médiane de 1 à 10 nombres supérieurs à 0, par exemple \`/stats 3 5 8\`.`,
  label: (hotdog) =>
    `${hotdog} affiche 4 images au hasard ou, avec \`choix:utiles\`, celles qui ont le plus besoin de réponses. Appuyez sur 0 ou 1 sous chacune : est-ce un hot-dog ? Personne d’autre ne voit votre choix, la réponse de chacun compte, et vous pouvez changer d’avis à tout moment.`,
  round: (round) => `${round} en affiche 4 qui ont le plus besoin de réponses.`,
  project: (info, round) =>
    `Un salon peut être un projet, avec sa question, ses images et ses étiquettes. ${info} décrit celui de ce salon, et ${round} affiche 4 de ses images à étiqueter.`,
  alone: (label) =>
    `${label} affiche les images une par une, à vous seulement : le plus rapide pour en étiqueter beaucoup.`,
  upload: (upload) =>
    `${upload} ajoute des images à la collection. Vous pouvez aussi utiliser _Applications → Ajouter aux images_ dans le menu d’un message, ou m’envoyer des images en message privé ou dans un message qui me mentionne. Vous pouvez les reprendre.`,
  progress: (progress) =>
    `${progress} dit si c’est fini : ce qui est réglé, combien de réponses il faut encore, et si les gens sont d’accord.`,
  createProject: (create) => `Vous pouvez faire de ce salon un projet : ${create}.`,
  remove: "Vous pouvez retirer des images : _Applications → Retirer des images_ dans le menu d’une série.",
  export: (exports) =>
    `${exports} vous envoie les étiquettes dans un fichier, au format de votre choix ; personne d’autre ne le voit.`,
  yours: (myData, forgetMe) =>
    `${myData} vous envoie tout ce qui est conservé sur vous, et ${forgetMe} l’efface. Personne d’autre ne voit ni l’un ni l’autre.`,
  kept: "-# Ce qui est conservé : vos réponses et les images que vous ajoutez, sous un pseudonyme au lieu de votre nom ; pour `/stats`, les nombres et le salon, mais aucun nom.",
  privacy: (url) => `-# En savoir plus sur ce qui est conservé, où et combien de temps : <${url}>`,
  elsewhere: (hotdog, upload) =>
    `Sur les serveurs qui m’ont ajouté, et en message privé avec moi, vous pouvez étiqueter des images avec ${hotdog} et en ajouter avec ${upload}.`,
};
