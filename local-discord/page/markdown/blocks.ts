import { list } from "./list.ts";
import { rule, type Rule } from "./rule.ts";

const heading = rule(/ *(#{1,3}) +(?!#)([^\n]+)(?:\n|$)/y, (group, context) => ({
  kind: "heading",
  level: group(1).length,
  children: context.parse(group(2).replace(/\s*#*\s*$/, ""), { blocks: false }),
}));

const subtext = rule(/-# +(?!-#)([^\n]+)(?:\n|$)/y, (group, context) => ({
  kind: "subtext",
  children: context.parse(group(1).trimEnd(), { blocks: false }),
}));

/** A quote of lines that begin with `> `. A quote within a quote is text, as on Discord. */
const quotedLines = rule(/(?: *> [^\n]*(?:\n|$))+/y, (group, context) => {
  if (context.insideQuote) return null;
  const inner = group(0).replace(/\n$/, "").replace(/^ *> /gm, "");
  return { kind: "quote", children: context.parse(inner, { insideQuote: true }) };
});

/** A quote of everything after `>>> `. */
const quotedRest = rule(/ *>>> ([\s\S]+)/y, (group, context) =>
  context.insideQuote ? null : { kind: "quote", children: context.parse(group(1), { insideQuote: true }) },
);

export const blockRules: readonly Rule[] = [heading, subtext, quotedRest, quotedLines, list];
