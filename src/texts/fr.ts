import type { Texts } from "./en.ts";
import { figuresIn } from "./figures.ts";

const figures = figuresIn("fr-FR");
const { counted, number, ratio, share } = figures;

/** The texts that people read, in French. */
export const fr: Texts = {
  stats: {
    command: {
      name: "stats",
      description: "Min, max, moyenne et médiane de 1 à 10 nombres positifs",
      numbers: { name: "nombres", description: "1 à 10 nombres supérieurs à 0, par exemple : 3 5 8" },
    },
    refusal: {
      title: "Je ne peux pas utiliser ces nombres ; rien n’a été enregistré.",
      none: "**Aucun nombre** n’a été donné.",
      tooMany: (count) => `**Trop de nombres :** il y en a ${count}, 10 au plus sont acceptés.`,
      faults: {
        "not-a-number": "Pas un nombre",
        "not-positive": "Pas supérieur à 0",
        "too-many-digits": "Plus de 30 chiffres",
        "out-of-range": "Hors de 1e-30 à 1e30",
      },
      fault: (reason, pieces) => `**${reason} :** ${pieces}`,
      more: (count) => `et ${count} de plus`,
      accepted:
        "Acceptés : 1 à 10 nombres supérieurs à 0, séparés par des espaces, des virgules ou des points-virgules, comme `3 5 8`, `.5`, `2.50` ou `1e3`. Chacun a 30 chiffres au plus et se situe entre 1e-30 et 1e30.",
    },
    answer: {
      asked: (asker, numbers) => `${asker} a demandé les statistiques de **${numbers}**`,
      commaSeparates:
        "Ici, la virgule sépare les nombres : `2,5` vaut 2 et 5. Pour un nombre décimal, écrivez `2.5`.",
      stats: (min, max, mean, median) =>
        `**Min :** ${min}\n**Max :** ${max}\n**Moyenne :** ${mean}\n**Médiane :** ${median}`,
    },
  },
  hotdog: {
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
  },
  press: {
    saved: (position, label) =>
      `Enregistré : l’image ${position} est **${label}**. Vous avez changé d’avis ? Appuyez sur l’autre bouton.`,
    removed: "Cette image a été retirée depuis ; votre réponse n’a pas été enregistrée. Merci quand même !",
    unknown:
      "Ce bouton vient d’une autre version du bot et ne marche plus. Rien n’a été enregistré. Utilisez `/hotdog` pour avoir de nouvelles images.",
    erased:
      "Vous avez utilisé `/forget-me` après avoir appuyé sur ce bouton ; la réponse n’a donc pas été enregistrée. Appuyez de nouveau pour l’enregistrer.",
  },
  upload: {
    command: {
      name: "upload",
      description: "Ajoute des images que tout le monde ici peut étiqueter : hot-dog ou pas",
      image: { name: "image", description: "JPEG, PNG, WebP, GIF, AVIF ou TIFF, jusqu’à 10 Mio" },
      more: "Une autre image",
    },
    messageCommand: "Ajouter aux images",
    purpose: "`/hotdog` affiche les images de la collection pour qu’on les étiquette : hot-dog ou pas.",
    hello: (stats, hotdog, help) =>
      `Bonjour ! Je sais faire deux choses : ${hotdog} affiche des images à étiqueter, hot-dog ou pas, et ${stats} donne le min, le max, la moyenne et la médiane de nombres. ${help} explique tout ce que je sais faire.`,
    hint: "Pour ajouter jusqu’à 10 images, joignez-les à un message qui m’est adressé, ou utilisez `/upload`.",
    looking: "Je regarde ce que vous avez joint…",
    nothing: "Ce message n’a pas de pièce jointe. Choisissez-en un avec des images.",
    outcome: {
      added: "**ajoutée**",
      present: "**déjà là**",
      removed: "**retirée** de la collection ; ses étiquettes restent",
      refused: (reason) => `**refusée** : ${reason}`,
    },
    refusal: {
      empty: "le fichier est vide",
      "too-large": "elle dépasse 10 Mio",
      "too-many-pixels": "elle dépasse 50 mégapixels, ou 65 535 pixels de côté",
      "too-much-memory": "sa lecture demande trop de mémoire ; réduisez-la, ou enregistrez-la en JPEG",
      "too-detailed": "elle a trop de détails pour tenir dans 12 Mio ; réduisez-la",
      heic: "le format HEIC n’est pas accepté ; enregistrez-la d’abord en JPEG",
      "other-format": "ce n’est pas une image JPEG, PNG, WebP, GIF, AVIF ou TIFF",
      damaged: "le fichier est endommagé, ou n’est pas du type annoncé",
      "too-slow": "elle est trop longue à lire",
      unreachable: "elle n’a pas pu être téléchargée ; réessayez plus tard",
      gone: "elle ne peut plus être téléchargée ; joignez-la de nouveau",
      foreign: "elle n’est pas sur les serveurs de Discord",
      "daily-budget": "vous auriez ajouté plus de 500 Mio aujourd’hui ; réessayez après minuit (UTC)",
    },
    remove: (number) => `Retirer ${number}`,
  },
  remove: {
    messageCommand: "Retirer des images",
    done: "Cette image a été retirée. Ses étiquettes restent.",
    taken: "**Retirée.** Celles-ci sont encore dans la collection :",
    doneAll: "Toutes ces images ont été retirées. Leurs étiquettes restent.",
    gone: "Cette image avait déjà été retirée.",
    notAllowed: "Seuls les membres qui peuvent gérer les messages peuvent retirer des images.",
    noRound: "Ce message n’a pas d’images de la collection. Choisissez une série, ou ma réponse à un ajout.",
    offer: "## Retirer des images\nLeurs étiquettes restent.",
    remove: "Retirer",
    none: "Aucune de ces images n’est encore dans la collection.",
  },
  progress: {
    command: {
      name: "progression",
      description: "Affiche l’avancement de l’étiquetage et l’accord entre les gens",
    },
    title: "## Où en est l’étiquetage",
    images: (all, labeled, byMore) =>
      `**Images :** ${number(all)} dans la collection, dont ${counted(labeled, "étiquetée")} (${share(labeled, all)}), ${number(byMore)} par 3 personnes ou plus (${share(byMore, all)})`,
    answers: (answers, people) => `**Réponses :** ${number(answers)}, par ${counted(people, "personne")}`,
    unlabeled: (all) =>
      `**Images :** ${number(all)} dans la collection, aucune encore étiquetée. Commencez : \`/hotdog\` en affiche 4 à étiqueter.`,
    agreement: (alpha, reading) =>
      `**Accord :** ${alpha === undefined ? "inconnu" : ratio(alpha)} – ${reading}`,
    readings: {
      reliable: "élevé : on donne la même réponse à la même image",
      tentative: "correct : assez pour de premières conclusions",
      unreliable: "faible : on donne souvent des réponses différentes à la même image",
      chance: "nul : on n’est pas plus souvent d’accord que par hasard",
      alone: "aucune image n’a encore les réponses de deux personnes",
      unanimous: "tout le monde a donné la même réponse à chaque image, ce qui peut être dû au hasard",
    },
    methods: (differ, tied, decided) => {
      const agreed = `concordent ${tied === 0 ? "sur chaque image étiquetée" : "partout où il y a une majorité"}`;
      const verdict = differ === 0 ? agreed : `divergent sur ${counted(differ, "image")}`;
      const ties = `. Égalité des voix sur ${counted(tied, "image")}, dont ${number(decided)} que Dawid–Skene départage`;
      return `**Majorité et Dawid–Skene** ${verdict}${tied === 0 ? "" : ties}.`;
    },
    notes:
      "-# Si une personne répond plusieurs fois à une image, la dernière réponse compte. L’accord est l’alpha de Krippendorff : 1 est parfait, 0 est le hasard. Dawid–Skene donne plus de poids à qui répond bien.",
    chart: {
      coverage: "Images étiquetées par",
      images: (count) => counted(count, "image"),
      by: { more: "3 ou plus", two: "2 personnes", one: "1 personne", none: "pas encore" },
      answers: "Réponses par jour",
      last: (days) => `${days} derniers jours, UTC`,
      noAnswers: (days) => `Aucune réponse ces ${days} derniers jours`,
      ...figures,
    },
    alt: {
      coverage: (images, parts) => `${images}. Étiquetées par ${parts}.`,
      part: (by, count, share) => `${by} : ${count} (${share})`,
      answers: (title, from, to, counts) => `${title} du ${from} au ${to}, UTC : ${counts}.`,
      most: (count, on) => `Le plus le ${on} : ${count}.`,
    },
  },
  export: {
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
    counts: ({ images, answers, given, people, removed, ties, unreadable }) => [
      ...(images === undefined ? [] : [`**Images :** ${images}`]),
      answers === given
        ? `**Réponses :** ${given}`
        : `**Réponses :** ${answers} sur ${given} (la dernière de chaque personne à chaque image)`,
      ...(people === undefined ? [] : [`**Personnes :** ${people}`]),
      ...(removed > 0 ? [`**Images omises, car retirées de la collection :** ${removed}`] : []),
      ...(ties > 0 ? [`**Images omises, car aucune étiquette n’est la plus probable :** ${ties}`] : []),
      ...(unreadable > 0 ? [`**Lignes omises, car illisibles :** ${unreadable}`] : []),
    ],
    kept: "-# Les personnes y ont des pseudonymes créés pour cet export ; personne n’est nommé. Toutefois, si peu de gens ont étiqueté une image, qui a vu une personne l’étiqueter peut retrouver ses lignes.",
    nothing: "Rien à exporter : aucune image de la collection n’est étiquetée. Commencez par `/hotdog`.",
    tooLarge: (format) =>
      `Cet export est trop volumineux pour être envoyé ici. La personne qui gère ce bot peut le faire : \`npm run export -- --format ${format} --out DOSSIER\`.`,
    needsS3:
      "Ground Truth ne lit les images que sur S3, mais ce bot les garde dans un dossier. La personne qui le gère peut les copier sur S3 et faire l’export : `npm run export -- --format ground-truth --images-at s3://BUCKET/DOSSIER --out DOSSIER`.",
    notAllowed: "Seuls les membres qui peuvent gérer le serveur peuvent exporter les étiquettes.",
  },
  myData: {
    command: {
      name: "my-data",
      description: "Vous envoie tout ce qui est conservé sur vous ; personne d’autre ne le voit",
    },
    nothing: "Rien n’est conservé sur vous.",
    kept: (labels, uploads) =>
      `Voici tout ce qui est conservé sur vous : **${counted(labels, "réponse")}** à des images, et **${counted(uploads, "entrée")}** pour des images que vous avez ajoutées. Un pseudonyme remplace votre nom. \`/forget-me\` efface tout.`,
    tooLarge: (reference) =>
      `Un des fichiers dépasserait ce que Discord permet. La personne qui gère ce bot peut vous l’envoyer. Référence : \`${reference}\``,
    asked: (seconds) =>
      `-# Vous avez utilisé \`/forget-me\` le <t:${seconds}:f>. Cette date reste conservée, sous votre pseudonyme, pour que rien d’antérieur ne revienne.`,
  },
  forgetMe: {
    command: {
      name: "forget-me",
      description: "Efface tout ce qui est conservé sur vous, après confirmation",
    },
    question:
      "## Effacer tout ce qui est conservé sur vous ?\nCela efface vos réponses aux images et les entrées qui disent quelles images vous avez ajoutées, de tous les serveurs, y compris les réponses en cours d’enregistrement. **C’est irréversible.**\nLes images elles-mêmes restent dans la collection, sans rien qui mène à vous. Les membres qui peuvent gérer les messages, ou la personne qui gère ce bot, peuvent les retirer. Les messages sur Discord restent aussi.\nVous en voulez d’abord une copie ? Utilisez `/my-data`.",
    confirm: "Tout effacer",
    removing: "Suppression de ce qui est conservé sur vous…",
    notYours: "Ce bouton est destiné à quelqu’un d’autre. Utilisez `/forget-me` pour effacer vos données.",
    done: (labels, uploads) =>
      `Effacé définitivement : **${counted(labels, "réponse")}** à des images, et **${counted(uploads, "entrée")}** pour des images que vous avez ajoutées. Les images elles-mêmes restent dans la collection. Ce que vous ferez désormais sera de nouveau conservé.`,
    nothing: "Rien n’était conservé sur vous. Ce que vous ferez désormais sera de nouveau conservé.",
  },
  help: {
    command: { name: "aide", description: "Ce que fait ce bot, et comment l’utiliser ici" },
    title: "## Ce que je fais",
    stats: (stats) =>
      `${stats} donne le min, le max, la moyenne et la médiane de 1 à 10 nombres supérieurs à 0, par exemple \`/stats 3 5 8\`.`,
    label: (hotdog) =>
      `${hotdog} affiche 4 images au hasard ou, avec \`choix:utiles\`, celles qui ont le plus besoin de réponses. Appuyez sur 0 ou 1 sous chacune : est-ce un hot-dog ? Personne d’autre ne voit votre choix, la réponse de chacun compte, et vous pouvez changer d’avis à tout moment.`,
    upload: (upload) =>
      `${upload} ajoute des images à la collection. Vous pouvez aussi utiliser _Applications → Ajouter aux images_ dans le menu d’un message, ou m’envoyer des images en message privé ou dans un message qui me mentionne.`,
    progress: (progress) =>
      `${progress} affiche où en est l’étiquetage : images, réponses, personnes, et leur accord.`,
    remove: "Vous pouvez retirer des images : _Applications → Retirer des images_ dans le menu d’une série.",
    export: (exports) =>
      `${exports} vous envoie les étiquettes dans un fichier, au format de votre choix ; personne d’autre ne le voit.`,
    yours: (myData, forgetMe) =>
      `${myData} vous envoie tout ce qui est conservé sur vous, et ${forgetMe} l’efface. Personne d’autre ne voit ni l’un ni l’autre.`,
    kept: "-# Ce qui est conservé : vos réponses et les images que vous ajoutez, sous un pseudonyme au lieu de votre nom ; pour `/stats`, les nombres et le salon, mais aucun nom.",
    privacy: (url) => `-# En savoir plus sur ce qui est conservé, où et combien de temps : <${url}>`,
    elsewhere: (hotdog, upload) =>
      `Sur les serveurs qui m’ont ajouté, et en message privé avec moi, vous pouvez étiqueter des images avec ${hotdog} et en ajouter avec ${upload}.`,
  },
  tooMany: (count, counts, per) =>
    `Cela ferait plus de ${count} ${counts === "files" ? "fichiers" : "fois"} en une ${{ second: "seconde", minute: "minute", hour: "heure" }[per]} ; rien n’a été fait. Patientez un moment, puis réessayez.`,
  notAccepted:
    "Désolé, votre demande n’a pas pu être acceptée pour l’instant. Rien n’a été enregistré. Veuillez réessayer dans un moment.",
  failed: (reference) =>
    `Désolé, un problème de notre côté a empêché d’aboutir. Veuillez réessayer ; si cela se reproduit, prévenez la personne qui gère ce bot. Référence : \`${reference}\``,
  unknown: "Cette commande n’existe plus. Tapez `/` pour voir celles qui existent.",
};
