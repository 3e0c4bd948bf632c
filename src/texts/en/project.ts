import { figuresIn } from "../figures.ts";

const { share } = figuresIn("en-US");

export const project = {
  command: {
    name: "project",
    description: "Makes this channel a project with its own question, images and labels",
    create: {
      name: "create",
      description: "Makes this channel a project, with a question and labels that you choose",
    },
    info: { name: "info", description: "Shows what this channel’s project asks, and how it is set up" },
    edit: {
      name: "edit",
      description: "Changes the question, the labels, who may upload, or when an image is settled",
    },
    close: { name: "close", description: "Closes this channel’s project, once you confirm" },
  },
  notAllowed:
    "Only members who can manage the server can create, change, close or export the project of a channel.",
  form: {
    create: "New project",
    edit: "Project settings",
    question: { label: "Question", description: "Up to 100 characters", placeholder: "Cat, dog or neither?" },
    labels: {
      label: "Labels, one per line",
      create: "2 to 10 labels of up to 40 characters. An emoji at the start goes on the button.",
      edit: "Change a line to rename its label, and add lines at the end for more labels, up to 10.",
      placeholder: "🐱 Cat\n🐶 Dog\nNeither",
    },
    unsure: { label: "Offer “Not sure”", description: "People can then say that they do not know." },
    uploads: {
      label: "Who may upload images",
      everyone: "Everyone",
      moderators: "Members who can manage messages",
      approval: "Everyone, and members who can manage messages approve the images",
    },
    settleAt: {
      label: "When is an image settled?",
      description: "It then gets no more answers. Surer labels take more answers.",
      option: (probability: number) => `When its label is ${share(probability, 1)} sure`,
    },
    images: {
      label: "First images",
      description: "Up to 10 files, or none: people can add images later.",
      again: "Choose your files again: Discord does not keep them.",
    },
  },
  settings: {
    question: "**Question**",
    labels: "**Labels**",
    unsure: { offered: "**“Not sure”** is offered.", notOffered: "**“Not sure”** is not offered." },
    uploads: {
      everyone: "**Everyone** may upload images.",
      moderators: "**Members who can manage messages** may upload images.",
      approval:
        "**Everyone** may upload images, and **members who can manage messages** approve them before people label them.",
    },
    settleAt: (probability: number) =>
      `**Settled:** an image whose label is ${share(probability, 1)} sure gets no more answers.`,
  },
  refusal: {
    title: "## Nothing was saved yet: this needs a correction",
    problems: {
      "no-question": "There is no question.",
      "long-question": "The question has more than 100 characters.",
      "label-count": (count: number) =>
        `${count === 1 ? "There is 1 label" : `There are ${count} labels`}: 2 to 10 are needed, one per line.`,
      "long-labels": (labels: string) => `More than 40 characters: ${labels}`,
      "repeated-labels": (labels: string) => `More than once: ${labels}`,
    },
    more: (count: number) => `and ${count} more`,
    typed: "This is what you entered:",
    filesAgain: "Your files were not kept: press “Correct”, then choose them again.",
    correct: "Correct",
  },
  unreadable: "This message can no longer be read. Use `/project create` or `/project edit` again.",
  /** The worker recognizes this text as a whole. After a change, messages that the previous version posted count as answers. */
  closing: "Closing the project…",
};
