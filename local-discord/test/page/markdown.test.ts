import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../page/markdown/parse.ts";
import type { MarkdownNode } from "../../page/markdown/tree.ts";

/** Writes a tree as one line: `strong(a emphasis(b))`. */
function shown(nodes: readonly MarkdownNode[]): string {
  return nodes.map(show).join("");
}

function show(node: MarkdownNode): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return `code(${node.text})`;
    case "codeBlock":
      return `codeBlock:${node.language}(${node.text})`;
    case "link":
      return `link:${node.href}(${shown(node.children)})`;
    case "mention":
      return `${node.of}(${node.id})`;
    case "commandMention":
      return `command(${node.name} ${node.id})`;
    case "timestamp":
      return `timestamp:${node.style}(${node.seconds})`;
    case "heading":
      return `heading:${node.level}(${shown(node.children)})`;
    case "list":
      return `list:${node.first}(${node.items.map(shown).join("|")})`;
    case "strong":
    case "emphasis":
    case "underline":
    case "strike":
    case "spoiler":
    case "quote":
    case "subtext":
    default:
      return `${node.kind}(${shown(node.children)})`;
  }
}

const reads = (source: string) => shown(parseMarkdown(source));

describe("within a line", () => {
  it.each([
    ["**bold**", "strong(bold)"],
    ["*slanted* _too_", "emphasis(slanted) emphasis(too)"],
    ["***both***", "strong(emphasis(both))"],
    ["__under__ ~~gone~~ ||hidden||", "underline(under) strike(gone) spoiler(hidden)"],
    ["**a *b* c**", "strong(a emphasis(b) c)"],
    ["*a **b** c*", "emphasis(a strong(b) c)"],
    ["`**no**`", "code(**no**)"],
    ["`` a ` b ``", "code( a ` b )"],
    ["`` `a` ``", "code(`a`)"],
    ["**over\ntwo lines**", "strong(over\ntwo lines)"],
  ])("reads %j as %j", (source, tree) => {
    expect(reads(source)).toBe(tree);
  });

  it.each([
    "3 * 4 * 5",
    "snake_case_name",
    "**open",
    "a | b || c",
    "`open",
    "#hash",
    "2 > 1",
    "<b>no</b>",
    "-5",
  ])("does not change %j", (source) => {
    expect(parseMarkdown(source)).toEqual([{ kind: "text", text: source }]);
  });

  it("escapes a character after a backslash", () => {
    expect(parseMarkdown(String.raw`\*not\* \_this\_ \`nor\` that \\ \n`)).toEqual([
      { kind: "text", text: String.raw`*not* _this_ ${"`nor`"} that \ \n` },
    ]);
  });
});

describe("links", () => {
  it.each([
    ["see https://x.org/a.", "see link:https://x.org/a(https://x.org/a)."],
    ["(https://x.org/a_(b))", "(link:https://x.org/a_(b)(https://x.org/a_(b)))"],
    ["<https://x.org>", "link:https://x.org(https://x.org)"],
    ["[**here**](https://x.org)", "link:https://x.org(strong(here))"],
    ["[w](https://x.org/a_(b))", "link:https://x.org/a_(b)(w)"],
  ])("reads %j as %j", (source, tree) => {
    expect(reads(source)).toBe(tree);
  });

  it.each(["[x](javascript:alert(1))", "[x](data:text/html,y)", "javascript:alert(1)", "[x](/relative)"])(
    "makes no link of %j",
    (source) => {
      expect(JSON.stringify(parseMarkdown(source))).not.toContain('"link"');
    },
  );
});

describe("mentions and times", () => {
  it.each([
    ["<@1> <@!2> <@&3> <#4>", "user(1) user(2) role(3) channel(4)"],
    ["</stats:5>", "command(stats 5)"],
    ["</project create:5> </a b-1 état:6>", "command(project create 5) command(a b-1 état 6)"],
    ["</a b c d:5> </a  b:6> </:7> </a :8>", "</a b c d:5> </a  b:6> </:7> </a :8>"],
    ["<:smile:6>", ":smile:"],
    ["<t:1700000000:R> <t:0>", "timestamp:R(1700000000) timestamp:f(0)"],
  ])("reads %j as %j", (source, tree) => {
    expect(reads(source)).toBe(tree);
  });

  it("keeps an impossible time as text", () => {
    expect(reads("<t:9999999999999>")).toBe("<t:9999999999999>");
  });
});

describe("lines", () => {
  it.each([
    ["# One\n## Two\n### Three", "heading:1(One)heading:2(Two)heading:3(Three)"],
    ["#### four", "#### four"],
    ["-# small *print*\nbig", "subtext(small emphasis(print))big"],
    ["> a\n> b\nc", "quote(a\nb)c"],
    [">>> a\n\nb", "quote(a\n\nb)"],
    ["> > a", "quote(> a)"],
    ["- a\n- b\nc", "list:null(a|b)c"],
    ["* a\n  * b\n* c", "list:null(a\nlist:null(b)|c)"],
    ["3. a\n4. b", "list:3(a|b)"],
    ["- a\n1. b", "list:null(a)list:1(b)"],
    ["text\n- a", "text\nlist:null(a)"],
    ["```js\nlet *a*\n```\nb", "codeBlock:js(let *a*)b"],
    ["```one line```", "codeBlock:null(one line)"],
    ["> ```\n> a\n> ```", "quote(codeBlock:null(a))"],
  ])("reads %j as %j", (source, tree) => {
    expect(reads(source)).toBe(tree);
  });
});

describe("hostile texts", () => {
  it.each([
    "**",
    "*a ",
    "||",
    "[",
    "[a](",
    "`",
    "> ",
    "- ",
    "__a",
    "_a*",
    "<t:",
    "\\",
    "(https://x.org/((",
    "# ",
  ])("of %j, repeated, are parsed in less than 500 ms", (piece) => {
    const begun = performance.now();
    parseMarkdown(piece.repeat(4000 / piece.length));
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it("can nest to any depth", () => {
    const deep = "**_".repeat(600) + "x" + "_**".repeat(600);
    expect(shown(parseMarkdown(deep))).toContain("x");
  });
});
