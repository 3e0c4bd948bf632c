import type { MarkdownNode } from "./tree.ts";

/** The context of a position in the text. */
export interface ParseContext {
  /** Whether headings, lists and quotes are allowed here. */
  readonly blocks: boolean;
  readonly insideQuote: boolean;
  readonly insideLink: boolean;
  readonly depth: number;
  parse(source: string, changes: Partial<Omit<ParseContext, "parse" | "depth">>): MarkdownNode[];
}

export interface RuleMatch {
  node: MarkdownNode;
  /** The position after the match. */
  end: number;
}

/** Matches a construct that begins exactly at the position. Returns null if no construct begins there. */
export type Rule = (source: string, at: number, context: ParseContext) => RuleMatch | null;

/** Makes a rule of one pattern. The pattern must be sticky, and must not backtrack on hostile texts. */
export function rule(
  pattern: RegExp,
  build: (groups: (index: number) => string, context: ParseContext) => MarkdownNode | null,
): Rule {
  return (source, at, context) => {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) return null;
    const node = build((index) => match[index] ?? "", context);
    return node === null ? null : { node, end: at + match[0].length };
  };
}
