import { figuresIn } from "../figures.ts";
import { nouns } from "./nouns.ts";

const { counted } = figuresIn("en-US");

/** Images that wait for a moderator’s approval. */
export const review = {
  review: "Review",
  waiting: (count: number) =>
    `**${counted(count, { one: "image waits", other: "images wait" })} for approval.**`,
  title: (count: number, shown: number) =>
    `## Review images\n${counted(count, { one: "image waits", other: "images wait" })} for approval.${shown < count ? ` These are the oldest ${shown}.` : ""} Approved images join the set, and rejected ones are deleted. The senders’ answers say so.`,
  sent: (seconds: number, answer: string | undefined) =>
    `-# Sent <t:${seconds}:R>${answer === undefined ? "" : ` · [Answer to the sender](${answer})`}`,
  approve: "Approve",
  reject: "Reject",
  approveAll: (count: number) => `Approve all ${count}`,
  rejectAll: (count: number) => `Reject all ${count}`,
  approved: (count: number) => `**${counted(count, nouns.image)} approved.**`,
  rejected: (count: number) => `**${counted(count, nouns.image)} rejected.**`,
  late: (count: number) =>
    `**${counted(count, nouns.image)}:** somebody else had decided already, or the sender had taken ${count === 1 ? "it" : "them"} back.`,
  none: "No image waits for approval.",
  noneLeft: "No other image waits for approval.",
  notAllowed: "Only members who can manage messages here can approve images of this channel’s project.",
  hotdogsNotAllowed:
    "Only the people who run this bot, and moderators of its home server, can approve images of hot dogs.",
  hotdogs: "## Hot dogs",
  homeOnly:
    "Only people in this bot’s home server can add images of hot dogs, from there, so nothing was saved.",
};
