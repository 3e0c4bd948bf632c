import { rule, type Rule } from "./rule.ts";

const escape = rule(/\\([^0-9A-Za-z\s])/y, (group) => ({ kind: "text", text: group(1) }));

const strong = rule(/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, (group, context) => ({
  kind: "strong",
  children: context.parse(group(1), { blocks: false }),
}));

const underline = rule(/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, (group, context) => ({
  kind: "underline",
  children: context.parse(group(1), { blocks: false }),
}));

/** Emphasis by stars next to a letter, because `3 * 4 * 5` is arithmetic. Double stars inside belong to a strong part. */
const starEmphasis = rule(
  /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
  (group, context) => ({ kind: "emphasis", children: context.parse(group(1), { blocks: false }) }),
);

/** Emphasis by underscores at word boundaries, because `snake_case_name` is a name. */
const lowLineEmphasis = rule(/\b_((?:__|\\[\s\S]|[^\\_])+?)_\b/y, (group, context) => ({
  kind: "emphasis",
  children: context.parse(group(1), { blocks: false }),
}));

const strike = rule(/~~((?:\\[\s\S]|[^\\])+?)~~/y, (group, context) => ({
  kind: "strike",
  children: context.parse(group(1), { blocks: false }),
}));

const spoiler = rule(/\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, (group, context) => ({
  kind: "spoiler",
  children: context.parse(group(1), { blocks: false }),
}));

/** Inline code. One space inside each end is dropped, so that code can begin and end with backticks. */
const code = rule(/(`{1,2})(?!`)([\s\S]*?[^`])\1(?!`)/y, (group) => ({
  kind: "code",
  text: group(2).replace(/^ (?=`)|(?<=`) $/g, ""),
}));

const codeBlock = rule(/```(?:([\w+\-.#]+)\n)?\n*([^\n][\s\S]*?)\n*```\n?/y, (group) => ({
  kind: "codeBlock",
  language: group(1) || null,
  text: group(2),
}));

export const inlineRules: readonly Rule[] = [
  escape,
  codeBlock,
  code,
  strong,
  underline,
  starEmphasis,
  lowLineEmphasis,
  strike,
  spoiler,
];
