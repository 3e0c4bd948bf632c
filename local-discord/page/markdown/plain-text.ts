import { displayName } from "../view/names.ts";
import type { ViewContext } from "../view/view-context.ts";
import { parseMarkdown } from "./parse.ts";
import type { MarkdownNode } from "./tree.ts";

type Names = Pick<ViewContext, "users" | "channels" | "texts">;

/** Returns a text with Markdown as plain text, for places that show no more than its words. Spoilers stay hidden. */
export function plainText(source: string, names: Names): string {
  return textOf(parseMarkdown(source), names);
}

function textOf(nodes: readonly MarkdownNode[], names: Names): string {
  return nodes.map((node) => textOfNode(node, names)).join("");
}

function textOfNode(node: MarkdownNode, names: Names): string {
  switch (node.kind) {
    case "text":
    case "code":
    case "codeBlock":
      return node.text;
    case "spoiler":
      return names.texts.spoiler;
    case "list":
      return node.items.map((item) => textOf(item, names)).join(" ");
    case "mention":
      return nameOf(node, names);
    case "commandMention":
      return `/${node.name}`;
    case "timestamp":
      return "";
    case "strong":
    case "emphasis":
    case "underline":
    case "strike":
    case "quote":
    case "subtext":
    case "heading":
    case "link":
      return textOf(node.children, names);
  }
}

function nameOf(
  { of, id }: Extract<MarkdownNode, { kind: "mention" }>,
  { users, channels, texts }: Names,
): string {
  if (of === "channel") return `#${channels.get(id)?.name ?? texts.unknownChannel}`;
  const user = users.get(id);
  return `@${of === "role" ? texts.role : user ? displayName(user) : texts.unknownUser}`;
}
