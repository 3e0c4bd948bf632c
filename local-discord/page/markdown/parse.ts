import { blockRules } from "./blocks.ts";
import { inlineRules } from "./inline.ts";
import { referenceRules } from "./references.ts";
import type { RuleMatch, ParseContext, Rule } from "./rule.ts";
import type { MarkdownNode } from "./tree.ts";

const midLine: readonly Rule[] = [...referenceRules, ...inlineRules];
const lineStart: readonly Rule[] = [...blockRules, ...midLine];

/** Deeper nesting is shown as typed, which bounds the work that a hostile text causes. */
const MAX_DEPTH = 10;

/** Matches the characters up to the next one that can begin a construct, or else one character. */
const plain = /(?:(?!https?:\/\/)[^\\*_~|`<[\n])+|[\s\S]/y;

/** Parses Discord's Markdown. Never fails: everything that is not Markdown is text. */
export function parseMarkdown(source: string): MarkdownNode[] {
  return parse(source, at({ blocks: true, insideQuote: false, insideLink: false, depth: 0 }));
}

function at(context: Omit<ParseContext, "parse">): ParseContext {
  return {
    ...context,
    parse: (source, changes) => parse(source, at({ ...context, ...changes, depth: context.depth + 1 })),
  };
}

function parse(source: string, context: ParseContext): MarkdownNode[] {
  if (context.depth > MAX_DEPTH) return source === "" ? [] : [{ kind: "text", text: source }];
  const nodes: MarkdownNode[] = [];
  let position = 0;
  while (position < source.length) {
    const found = findAt(source, position, context) ?? plainAt(source, position);
    append(nodes, found.node);
    position = found.end;
  }
  return nodes;
}

function findAt(source: string, position: number, context: ParseContext): RuleMatch | null {
  const atLineStart = context.blocks && (position === 0 || source[position - 1] === "\n");
  for (const rule of atLineStart ? lineStart : midLine) {
    const found = rule(source, position, context);
    if (found !== null) return found;
  }
  return null;
}

function plainAt(source: string, position: number): RuleMatch {
  plain.lastIndex = position;
  const text = plain.exec(source)?.[0] ?? source.slice(position);
  return { node: { kind: "text", text }, end: position + text.length };
}

/** Appends a node, and joins neighboring texts. */
function append(nodes: MarkdownNode[], node: MarkdownNode): void {
  const last = nodes.at(-1);
  if (last?.kind === "text" && node.kind === "text") last.text += node.text;
  else nodes.push(node);
}
