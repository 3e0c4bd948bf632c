import type { Texts } from "../en.ts";
import { figuresIn } from "../figures.ts";

const { share } = figuresIn("fr-FR");

export const project: Texts["project"] = {
  command: {
    name: "projet",
    description: "Fait de ce salon un projet, avec sa question, ses images et ses étiquettes",
    create: {
      name: "créer",
      description: "Fait de ce salon un projet, avec une question et des étiquettes de votre choix",
    },
    info: { name: "info", description: "Affiche ce que demande le projet de ce salon, et ses réglages" },
    edit: {
      name: "modifier",
      description: "Change la question, les étiquettes, qui ajoute des images, ou quand une image est réglée",
    },
    close: { name: "clore", description: "Clôt le projet de ce salon, après confirmation" },
  },
  notAllowed:
    "Seuls les membres qui peuvent gérer le serveur peuvent créer, modifier, clore ou exporter le projet d’un salon.",
  form: {
    create: "Nouveau projet",
    edit: "Réglages du projet",
    question: {
      label: "Question",
      description: "100 caractères au plus",
      placeholder: "Chat, chien ou ni l’un ni l’autre ?",
    },
    labels: {
      label: "Étiquettes, une par ligne",
      create: "2 à 10, de 40 caractères au plus. Un emoji au début s’affiche sur le bouton.",
      edit: "Changez une ligne pour renommer l’étiquette ; ajoutez-en à la fin pour d’autres (10 au plus).",
      placeholder: "🐱 Chat\n🐶 Chien\nNi l’un ni l’autre",
    },
    unsure: {
      label: "Proposer « Je ne sais pas »",
      description: "Chacun peut alors répondre qu’il ne sait pas.",
    },
    uploads: {
      label: "Qui peut ajouter des images",
      everyone: "Tout le monde",
      moderators: "Les membres qui peuvent gérer les messages",
      approval: "Tout le monde, et les membres qui peuvent gérer les messages valident les images",
    },
    settleAt: {
      label: "Quand une image est-elle réglée ?",
      description: "On ne la montre plus ensuite. Plus de certitude demande plus de réponses.",
      option: (probability) => `Quand son étiquette est sûre à ${share(probability, 1)}`,
    },
    images: {
      label: "Premières images",
      description: "10 fichiers au plus, ou aucun : on peut en ajouter plus tard.",
      again: "Choisissez de nouveau vos fichiers : Discord ne les garde pas.",
    },
  },
  settings: {
    question: "**Question**",
    labels: "**Étiquettes**",
    unsure: {
      offered: "**« Je ne sais pas »** est proposé.",
      notOffered: "**« Je ne sais pas »** n’est pas proposé.",
    },
    uploads: {
      everyone: "**Tout le monde** peut ajouter des images.",
      moderators: "**Les membres qui peuvent gérer les messages** peuvent ajouter des images.",
      approval:
        "**Tout le monde** peut ajouter des images, et **les membres qui peuvent gérer les messages** les valident avant qu’on les étiquette.",
    },
    settleAt: (probability) =>
      `**Réglée :** une image dont l’étiquette est sûre à ${share(probability, 1)} n’est plus montrée.`,
  },
  refusal: {
    title: "## Rien n’a encore été enregistré : il y a une correction à faire",
    problems: {
      "no-question": "Il n’y a pas de question.",
      "long-question": "La question a plus de 100 caractères.",
      "label-count": (count) =>
        `Il y a ${count} étiquette${count < 2 ? "" : "s"} ; il en faut de 2 à 10, une par ligne.`,
      "long-labels": (labels) => `Plus de 40 caractères : ${labels}`,
      "repeated-labels": (labels) => `En double : ${labels}`,
    },
    more: (count) => `et ${count} de plus`,
    typed: "Voici ce que vous avez saisi :",
    filesAgain:
      "Vos fichiers n’ont pas été gardés : choisissez-les de nouveau après avoir appuyé sur « Corriger ».",
    correct: "Corriger",
  },
  unreadable: "Ce message n’est plus lisible. Utilisez de nouveau `/projet créer` ou `/projet modifier`.",
  closing: "Clôture du projet…",
};
