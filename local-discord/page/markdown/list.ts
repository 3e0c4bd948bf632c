import type { Rule } from "./rule.ts";

const bulletLine = /^( *)([-*]|(\d{1,9})\.) +(\S.*)$/;

/**
 * A list of lines that begin with `- `, `* ` or `1. `. Indented lines after an item are part of it, so lists can nest. A list
 * ends at any other line, and where bullets change to numbers or back.
 */
export const list: Rule = (source, at, context) => {
  const lines = source.slice(at).split("\n");
  const opening = bulletLine.exec(lines[0] ?? "");
  if (opening === null) return null;
  const indent = opening[1]?.length ?? 0;
  const items: string[] = [];
  let used = 0;
  for (const line of lines) {
    const bullet = bulletLine.exec(line);
    if (items.length > 0 && belongsToItem(line, indent))
      items.push(`${items.pop()}\n${line.slice(indent + 2)}`);
    else if (bullet === null || isNumbered(bullet) !== isNumbered(opening)) break;
    else items.push(bullet[4] ?? "");
    used += line.length + 1;
  }
  return {
    node: {
      kind: "list",
      first: isNumbered(opening) ? Number(opening[3]) : null,
      items: items.map((item) => context.parse(item, {})),
    },
    end: Math.min(at + used, source.length),
  };
};

function isNumbered(bullet: RegExpExecArray): boolean {
  return bullet[3] !== undefined;
}

function belongsToItem(line: string, indent: number): boolean {
  return /\S/.test(line) && line.startsWith(" ".repeat(indent + 2));
}
