import type { Texts } from "../en.ts";

export const labelExport: Texts["export"] = {
  command: {
    name: "export",
    description: "Vous envoie les étiquettes dans un fichier",
    format: { name: "format", description: "Le format du fichier" },
  },
  formats: {
    labels: "toutes les réponses, en CSV",
    consensus: "une étiquette par image, et la fiabilité de chaque personne, en CSV",
    "crowd-kit": "la dernière réponse de chaque personne à chaque image, en CSV",
    huggingface: "un imagefolder avec sa fiche descriptive, en ZIP",
    "ground-truth": "un manifeste pour Amazon SageMaker",
    "label-studio": "des tâches avec leurs annotations, en JSON",
  },
  done: (format) => `Voici les étiquettes au format **${format}**.`,
  counts: ({ images, answers, given, people, removed, ties, unsure, excluded, gold = 0, unreadable }) => [
    ...(images === undefined ? [] : [`**Images :** ${images}`]),
    answers === given
      ? `**Réponses :** ${given}`
      : `**Réponses :** ${answers} sur ${given} (la dernière de chaque personne à chaque image)`,
    ...(gold > 0 ? [`**Images témoins :** ${gold} (la première réponse de chaque personne y compte)`] : []),
    ...(people === undefined ? [] : [`**Personnes :** ${people}`]),
    ...(removed > 0 ? [`**Images omises, car retirées de la collection :** ${removed}`] : []),
    ...(ties > 0 ? [`**Images omises, car aucune étiquette n’est la plus probable :** ${ties}`] : []),
    ...(unsure > 0 ? [`**Réponses omises, car « Je ne sais pas » :** ${unsure}`] : []),
    ...(excluded > 0 ? [`**Réponses omises, car leurs auteurs sont exclus :** ${excluded}`] : []),
    ...(unreadable > 0 ? [`**Lignes omises, car illisibles :** ${unreadable}`] : []),
  ],
  kept: "-# Les personnes y ont des pseudonymes créés pour cet export ; personne n’est nommé. Toutefois, si peu de gens ont étiqueté une image, qui a vu une personne l’étiqueter peut retrouver ses lignes.",
  nothing: (round) =>
    `Rien à exporter : aucune image de la collection n’est étiquetée. Commencez par \`/${round}\`.`,
  tooLarge: (options) =>
    `Cet export est trop volumineux pour être envoyé ici. La personne qui gère ce bot peut le faire : \`npm run export -- ${options} --out DOSSIER\`.`,
  needsS3: (options) =>
    `Ground Truth ne lit les images que sur S3, mais ce bot les garde dans un dossier. La personne qui le gère peut les copier sur S3 et faire l’export : \`npm run export -- ${options} --images-at s3://BUCKET/DOSSIER --out DOSSIER\`.`,
  notAllowed:
    "Seules les personnes qui gèrent ce bot, et les membres qui peuvent gérer son serveur d’origine, peuvent exporter les étiquettes des hot-dogs.",
};
