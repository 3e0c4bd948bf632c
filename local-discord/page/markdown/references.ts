import { rule, type ParseContext, type Rule } from "./rule.ts";
import { timestampStyles, type MarkdownNode } from "./tree.ts";

/** The limit of dates in JavaScript. */
const MAX_DATE_MS = 8.64e15;

function link(href: string, context: ParseContext, label?: string): MarkdownNode | null {
  if (context.insideLink || !URL.canParse(href)) return null;
  if (label === undefined) return { kind: "link", href, children: [{ kind: "text", text: href }] };
  return { kind: "link", href, children: context.parse(label, { insideLink: true, blocks: false }) };
}

const maskedLink = rule(
  /\[((?:\\.|[^[\]\\\n]|\[[^[\]\n]*\])+)\]\(\s*<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"\n]*")?\s*\)/y,
  (group, context) => link(group(2), context, group(1)),
);

const bracketedAddress = rule(/<(https?:\/\/[^\s<>]+)>/y, (group, context) => link(group(1), context));

const address = /https?:\/\/[^\s<]+/y;

/** A bare URL. It ends before the punctuation of its sentence, and before a parenthesis that it did not open. */
const bareAddress: Rule = (source, at, context) => {
  address.lastIndex = at;
  const match = address.exec(source)?.[0];
  if (match === undefined) return null;
  const href = withoutTail(match);
  const node = link(href, context);
  return node === null ? null : { node, end: at + href.length };
};

function withoutTail(href: string): string {
  const trimmed = href.replace(/[.,:;"'\]*_~|!?]+$/, "");
  const unopened = trimmed.endsWith(")") && trimmed.split(")").length > trimmed.split("(").length;
  return unopened ? withoutTail(trimmed.slice(0, -1)) : trimmed;
}

const user = rule(/<@!?(\d{1,20})>/y, (group) => ({ kind: "mention", of: "user", id: group(1) }));
const role = rule(/<@&(\d{1,20})>/y, (group) => ({ kind: "mention", of: "role", id: group(1) }));
const channel = rule(/<#(\d{1,20})>/y, (group) => ({ kind: "mention", of: "channel", id: group(1) }));
/** The mention of a command, with a subcommand, or with a subcommand group and a subcommand. */
const command = rule(
  /<\/([-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}(?: [-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}){0,2}):(\d{1,20})>/uy,
  (group) => ({ kind: "commandMention", name: group(1), id: group(2) }),
);

/** A custom emoji, shown by name because its image is on Discord's servers. */
const customEmoji = rule(/<a?(:\w{2,32}:)\d{1,20}>/y, (group) => ({ kind: "text", text: group(1) }));

const timestamp = rule(/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (group) => {
  const seconds = Number(group(1));
  if (Math.abs(seconds * 1000) > MAX_DATE_MS) return null;
  return { kind: "timestamp", seconds, style: timestampStyles.find((style) => style === group(2)) ?? "f" };
});

export const referenceRules: readonly Rule[] = [
  maskedLink,
  bracketedAddress,
  bareAddress,
  user,
  role,
  channel,
  command,
  customEmoji,
  timestamp,
];
