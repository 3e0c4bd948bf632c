import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("en-US");

export const myData = {
  command: { name: "my-data", description: "Sends you everything stored about you; nobody else sees it" },
  nothing: "Nothing is stored about you.",
  kept: (labels: number, uploads: number) =>
    `This is everything stored about you: **${counted(labels, nouns.answer)}** to images, and **${counted(uploads, nouns.entry)}** for images that you added. A pseudonym replaces your name. \`/forget-me\` erases it all.`,
  exclusions: (count: number) =>
    `**${counted(count, nouns.decision)}** of moderators on whether your answers count, with the reasons: see \`my-exclusions.csv\`.`,
  tooLarge: (reference: string) =>
    `One file would be larger than Discord allows. The person who runs this bot can send it to you. Reference: \`${reference}\``,
  asked: (seconds: number) =>
    `-# You used \`/forget-me\` on <t:${seconds}:f>. That time stays stored under your pseudonym, so that nothing from before it comes back.`,
};

export const forgetMe = {
  command: { name: "forget-me", description: "Erases everything stored about you, once you confirm" },
  question:
    "## Erase everything stored about you?\nThis erases your answers to images and the entries that say which images you added, and what moderators have decided about your answers, from every server, including answers that are still being saved. **This cannot be undone.**\nThe images themselves stay in the set, with nothing that leads to you, unless you choose to remove them too. Afterwards you can no longer take them back. Messages on Discord stay in any case.\nWould you like a copy first? Use `/my-data`.",
  confirm: "Erase everything",
  confirmWithImages: "Erase, and the images I added",
  /** The worker recognizes this text as a whole. After a change, messages that the previous version posted count as answers. */
  removing: "Removing what is kept about you…",
  notYours: "This button belongs to someone else. Use `/forget-me` to erase what is stored about you.",
  done: (labels: number, uploads: number, withImages: boolean) =>
    `Erased for good: **${counted(labels, nouns.answer)}** to images, and **${counted(uploads, nouns.entry)}** for images that you added. The images themselves ${withImages ? "are removed from" : "stay in"} the set. What you do from now on is stored again.`,
  exclusions: (count: number) =>
    `${counted(count, nouns.decision)} of moderators on whether your answers count ${count === 1 ? "is" : "are"} gone, too.`,
  nothing: "Nothing was stored about you. What you do from now on is stored again.",
};

/** The numbers of a person's rows in one project. */
interface Rows {
  labels: number;
  uploads: number;
  exclusions: number;
}

/** The list of where a person's answers and entries are. */
export const personalRows = {
  hotdogs: "Hot dogs",
  project: (question: string, channel: string) => `${question} in ${channel}`,
  unreadable: "A project whose question cannot be read",
  line: (project: string, { labels, uploads, exclusions }: Rows) =>
    `- ${project}: ${counted(labels, nouns.answer)}, ${counted(uploads, nouns.entry)}${exclusions === 0 ? "" : `, ${counted(exclusions, nouns.decision)}`}`,
  more: (count: number) => `- and ${counted(count, { one: "more project", other: "more projects" })}`,
};
