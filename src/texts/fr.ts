import type { Texts } from "./en.ts";
import { progress } from "./progress-fr.ts";

/** What people read, in French. */
export const fr: Texts = {
  stats: {
    command: {
      name: "stats",
      description: "Min, max, moyenne et médiane de 1 à 10 nombres positifs",
      numbers: { name: "nombres", description: "1 à 10 nombres supérieurs à 0, par exemple : 3 5 8" },
    },
    refusal: {
      title: "Je ne peux pas accepter ces nombres ; rien n’a été enregistré.",
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
    tooMany:
      "Cela faisait plus de 30 fois en une minute. Rien n’a été enregistré ; veuillez patienter un moment.",
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
      description: "Montre 4 images à étiqueter : hot-dog ou pas ?",
      choose: {
        name: "choix",
        description: "Quelles images : au hasard, ou celles qui ont le plus besoin de réponses",
        choices: { random: "hasard", needed: "utiles" },
      },
    },
    round: {
      question: "## Hot-dog ou pas ?\nAppuyez sur 0 ou 1 sous chaque image. Vous seul verrez votre choix.",
      image: (position) => `**Image ${position}**`,
      alt: (position, count) => `Image ${position} sur ${count}`,
      labels: { 0: "0 · pas un hot-dog", 1: "1 · hot-dog" },
    },
    tooMany:
      "Cela faisait plus de 10 séries en une minute. Rien n’a été publié ; veuillez patienter un moment.",
    noImages:
      "Il n’y a pas encore d’images à étiqueter. La personne qui gère ce bot peut ajouter les 20 premières : `npm run import -- --starter`.",
  },
  press: {
    saved: (position, label) =>
      `Enregistré : l’image ${position} est **${label}**. Vous avez changé d’avis ? Appuyez sur l’autre bouton.`,
    removed: "Cette image a été retirée depuis ; rien n’a été enregistré. Merci quand même !",
    unknown:
      "Ce bouton vient d’une autre version et ne marche plus ; rien n’a été enregistré. Demandez de nouvelles images avec `/hotdog`.",
    forgotten:
      "Depuis cet appui, vous avez demandé à être oublié ; il n’a donc pas été conservé. S’il doit compter, appuyez de nouveau.",
    tooMany:
      "Cela faisait plus de 10 appuis en une seconde. Celui-ci n’a pas été enregistré ; veuillez appuyer de nouveau, plus lentement.",
  },
  upload: {
    command: {
      name: "upload",
      description: "Ajoute des images que tout le monde ici peut étiqueter : hot-dog ou pas",
      image: { name: "image", description: "JPEG, PNG, WebP, GIF, AVIF ou TIFF, 10 Mio au plus" },
      more: "Une autre image",
    },
    messageCommand: "Ajouter aux images",
    purpose: "Les images de la collection sont montrées par `/hotdog` pour être étiquetées : hot-dog ou pas.",
    hello: (stats, hotdog, help) =>
      `Bonjour ! Je suis un bot qui fait deux choses : ${hotdog} montre des images à étiqueter, hot-dog ou pas, et ${stats} donne le min, le max, la moyenne et la médiane de nombres. ${help} dit tout ce que je sais faire.`,
    hint: "Joignez jusqu’à 10 images à un message pour moi, ou utilisez `/upload`, et elles seront ajoutées.",
    looking: "Je regarde ce que vous avez joint…",
    nothing: "Rien n’est joint à ce message. Choisissez-en un avec des images.",
    tooMany:
      "Cela ferait plus de 20 fichiers en une minute. Rien n’a été ajouté ; veuillez patienter un moment.",
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
      damaged: "le fichier est abîmé ou n’est pas ce qu’il prétend être",
      "too-slow": "elle est trop longue à lire",
      unreachable: "elle n’a pas pu être récupérée ; réessayez plus tard",
      gone: "elle n’est plus accessible ; joignez-la de nouveau",
      foreign: "elle ne vient pas de Discord",
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
    notAllowed: "Seules les personnes qui peuvent gérer les messages peuvent retirer des images.",
    noRound:
      "Ce message n’a pas d’images de la collection. Choisissez une de mes séries, ou une réponse à un ajout.",
    offer: "## Retirer des images\nLeurs étiquettes restent.",
    remove: "Retirer",
    none: "Aucune de ces images n’est encore dans la collection.",
  },
  progress,
  export: {
    command: {
      name: "export",
      description: "Vous envoie les étiquettes dans un fichier",
      format: { name: "format", description: "À quoi elles serviront" },
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
      [
        ...(images === undefined ? [] : [`**Images :** ${images}`]),
        answers === given
          ? `**Réponses :** ${given}`
          : `**Réponses :** ${answers} sur ${given}, la dernière de chaque personne à chaque image`,
        ...(people === undefined ? [] : [`**Personnes :** ${people}`]),
      ].join("\n"),
      ...(removed > 0 ? [`**Images laissées de côté, car retirées de la collection :** ${removed}`] : []),
      ...(ties > 0
        ? [`**Images laissées de côté, aucune étiquette n’étant la plus probable :** ${ties}`]
        : []),
      ...(unreadable > 0
        ? [`**Lignes laissées de côté, car ce ne sont pas des réponses :** ${unreadable}`]
        : []),
    ],
    kept: "-# Les personnes y ont des pseudonymes créés pour cet export ; personne n’est nommé. Qui a vu quelqu’un étiqueter une image que peu de gens ont étiquetée peut toutefois retrouver ses lignes.",
    nothing:
      "Il n’y a encore rien à exporter : personne n’a étiqueté d’image de la collection. Commencez par `/hotdog`.",
    tooLarge: (format) =>
      `Cet export est trop volumineux pour être envoyé ici. La personne qui gère ce bot peut le faire : \`npm run export -- --format ${format} --out DOSSIER\`.`,
    needsS3:
      "Ground Truth ne lit les images que sur S3, et ce bot les garde dans un dossier. La personne qui le gère peut les copier sur S3 et faire l’export : `npm run export -- --format ground-truth --images-at s3://BUCKET/DOSSIER --out DOSSIER`.",
    notAllowed: "Seules les personnes qui peuvent gérer le serveur peuvent exporter les étiquettes.",
    tooMany: "Cela faisait plus de 10 exports en une heure. Rien n’a été envoyé ; veuillez patienter un peu.",
  },
  myData: {
    command: {
      name: "my-data",
      description: "Vous envoie tout ce qui est conservé sur vous ; personne d’autre ne le voit",
    },
    nothing: "Rien n’est conservé sur vous.",
    kept: (labels, uploads) =>
      `Voici tout ce qui est conservé sur vous : **${counted(labels, "réponse")}** à des images, et **${counted(uploads, "entrée")}** d’images que vous avez ajoutées. À la place de votre nom figure un pseudonyme. \`/forget-me\` supprime tout cela.`,
    tooLarge: (reference) =>
      `Un des fichiers dépasserait ce que Discord permet. La personne qui gère ce bot peut vous l’envoyer. Référence : \`${reference}\``,
    asked: (seconds) =>
      `-# Vous avez demandé à être oublié le <t:${seconds}:f>. La trace de ce moment reste, sous votre pseudonyme, pour que rien d’antérieur ne revienne.`,
    tooMany: "Cela faisait plus de 10 fois en une heure. Rien n’a été fait ; veuillez patienter un peu.",
  },
  forgetMe: {
    command: {
      name: "forget-me",
      description: "Supprime tout ce qui est conservé sur vous, après votre confirmation",
    },
    question:
      "## Supprimer tout ce qui est conservé sur vous ?\nC’est-à-dire : vos réponses aux images, et les entrées qui disent quelles images vous avez ajoutées, de tous les serveurs, y compris ce qui est encore en chemin. **C’est irréversible.**\nLes images elles-mêmes restent dans la collection, sans rien qui mène à vous ; les membres qui peuvent gérer les messages, ou la personne qui gère ce bot, peuvent les retirer. Les messages dans Discord restent aussi.\nVous en voulez d’abord une copie ? Utilisez `/my-data`.",
    confirm: "Tout supprimer",
    removing: "Suppression de ce qui est conservé sur vous…",
    notYours:
      "Ce bouton est celui de quelqu’un d’autre. Utilisez `/forget-me` pour faire supprimer ce qui est conservé sur vous.",
    done: (labels, uploads) =>
      `Supprimé définitivement : **${counted(labels, "réponse")}** à des images, et **${counted(uploads, "entrée")}** d’images que vous avez ajoutées. Les images elles-mêmes restent dans la collection. Ce que vous ferez désormais sera de nouveau conservé.`,
    nothing: "Rien n’était conservé sur vous. Ce que vous ferez désormais sera de nouveau conservé.",
  },
  help: {
    command: { name: "aide", description: "Ce que fait ce bot, et comment l’utiliser ici" },
    title: "## Ce que je fais",
    stats: (stats) =>
      `${stats} donne le min, le max, la moyenne et la médiane de 1 à 10 nombres supérieurs à 0, par exemple \`/stats 3 5 8\`.`,
    label: (hotdog) =>
      `${hotdog} montre 4 images au hasard, ou avec \`choix:utiles\` celles qui ont le plus besoin de réponses. Appuyez sur 0 ou 1 sous chacune : est-ce un hot-dog ? Vous seul voyez votre choix, la réponse de chacun compte, et vous pouvez changer d’avis à tout moment.`,
    upload: (upload) =>
      `${upload} ajoute des images à la collection ; de même _Applications → Ajouter aux images_ dans le menu d’un message, un message qui me mentionne, ou un message privé, avec des images jointes.`,
    progress: (progress) =>
      `${progress} montre où en est l’étiquetage : images, réponses, personnes, et leur accord.`,
    remove:
      "Vous pouvez aussi retirer des images : _Applications → Retirer des images_ dans le menu d’une série.",
    export: (exports) =>
      `${exports} vous envoie, et à vous seul, les étiquettes dans un fichier, au format de votre choix.`,
    yours: (myData, forgetMe) =>
      `${myData} vous envoie tout ce qui est conservé sur vous, et ${forgetMe} le supprime. Personne d’autre ne voit ni l’un ni l’autre.`,
    kept: "-# Ce qui est conservé : vos réponses et les images que vous ajoutez, sous un pseudonyme au lieu de votre nom ; de `/stats` les nombres et le salon, mais le nom de personne.",
    privacy: (url) => `-# En savoir plus sur ce qui est conservé, où et combien de temps : <${url}>`,
    elsewhere: (hotdog, upload) =>
      `Étiqueter des images, avec ${hotdog} et ${upload}, est possible sur les serveurs qui m’ont ajouté et en message privé avec moi.`,
  },
  notAccepted:
    "Désolé, votre demande n’a pas pu être acceptée pour l’instant. Rien n’a été enregistré. Veuillez réessayer dans un moment.",
  failed: (reference) =>
    `Désolé, un problème de notre côté a empêché d’aboutir. Veuillez réessayer ; si cela se reproduit, prévenez la personne qui gère ce bot. Référence : \`${reference}\``,
  unknown:
    "Désolé, je ne connais pas (ou plus) cela. Veuillez choisir de nouveau dans la liste qui s’ouvre en tapant `/`.",
};

function counted(count: number, one: string): string {
  return `${count.toLocaleString("fr")} ${one}${count < 2 ? "" : "s"}`;
}
