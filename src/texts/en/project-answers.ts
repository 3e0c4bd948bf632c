import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("en-US");

/** Answers to the subcommands of `/project`. */
export const projectAnswers = {
  created: "## This channel is now a labeling project",
  label:
    "`/label` shows you one image after another to label, and `/round` shows everyone 4. Nobody else sees your choice.",
  uploads: {
    everyone: "Everyone can add images with `/upload`.",
    moderators: "Members who can manage messages can add images with `/upload`.",
    approval:
      "Everyone can send images with `/upload`. Members who can manage messages approve them before people label them.",
  },
  taken: "This channel has a project already, which `/project info` shows. Nothing was saved.",
  info: "## This channel’s project",
  figures: (images: number, answers: number, people: number) =>
    `**So far:** ${counted(images, nouns.image)}, ${answers === 0 ? "no answers" : `${counted(answers, nouns.answer)} by ${counted(people, nouns.person)}`}`,
  since: (seconds: number, id: string) => `-# Since <t:${seconds}:D>. Id: \`${id}\``,
  settings: "## Project settings",
  edit: "Edit",
  saved: "## Project settings\n**Saved.** New rounds use them.",
  stale:
    "**Nothing was saved**, because someone has changed the settings since you opened them. These are the current ones:",
  fewerLabels: (count: number) =>
    `**Nothing was saved**, because this project has answers: all ${count} labels must stay. You can rename them and add others.`,
  movedLabel: (label: string) =>
    `**Nothing was saved**, because this project has answers, and ${label} is on another line now. A label must stay on its line.`,
  offerClosing: (question: string) =>
    `## Close this channel’s project?\n${question}\nNobody can label or add images then, and it cannot be opened again. Images that wait for approval are removed. Its other images and labels stay with the people who run this bot. The channel can get a new project.\nWould you like the labels first? The export below has every answer; \`/export\` has other formats.`,
  export: "Export the labels",
  close: "Close the project",
  closed:
    "The project is closed. Its images and labels stay with the people who run this bot. `/project create` starts a new one.",
};
