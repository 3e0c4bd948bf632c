import type { MarkdownNode } from "./tree.ts";

/** What a rule needs to know of the context it is tried at. */
export interface ParseContext {
  /** Whether headings, lists and quotes may stand here. */
  readonly blocks: boolean;
  readonly insideQuote: boolean;
  readonly insideLink: boolean;
  readonly depth: number;
  parse(source: string, changes: Partial<Omit<ParseContext, "parse" | "depth">>): MarkdownNode[];
}

export interface RuleMatch {
  node: MarkdownNode;
  /** The position after what the rule has used. */
  end: number;
}

/** Looks whether its construct begins exactly at the position. */
export type Rule = (source: string, at: number, context: ParseContext) => RuleMatch | null;

/** A rule of one pattern. The pattern must be sticky, and must not backtrack: sources are anybody's. */
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
