import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { ChannelMention, CommandMention, RoleMention, UserMention } from "./mentions.ts";
import { parseMarkdown } from "./parse.ts";
import { Spoiler } from "./spoiler.ts";
import type { MarkdownNode, TimestampStyle } from "./tree.ts";
import { inFull, inStyle } from "../texts/dates.ts";
import { useViewContext } from "../view/view-context.ts";

/** A text with Discord's Markdown. The tree becomes elements and never HTML source, because anyone may have written the text. */
export function Markdown({ source }: { source: string }) {
  const tree = useMemo(() => parseMarkdown(source), [source]);
  return html`${views(tree)}`;
}

function views(nodes: readonly MarkdownNode[]): ComponentChildren[] {
  return nodes.map((node, index) => view(node, index));
}

const tags = { strong: "strong", emphasis: "em", underline: "u", strike: "s", quote: "blockquote" } as const;

function view(node: MarkdownNode, key: number): ComponentChildren {
  switch (node.kind) {
    case "text":
      return node.text;
    case "strong":
    case "emphasis":
    case "underline":
    case "strike":
    case "quote":
      return html`<${tags[node.kind]} key=${key}>${views(node.children)}<//>`;
    case "subtext":
      return html`<small key=${key} class="subtext">${views(node.children)}</small>`;
    case "heading":
      // The author's name is a third-level heading.
      return html`<${`h${node.level + 3}`} key=${key} class=${`heading-${node.level}`}
        >${views(node.children)}<//
      >`;
    case "spoiler":
      return html`<${Spoiler} key=${key}>${views(node.children)}<//>`;
    case "list":
      return listView(node, key);
    case "code":
      return html`<code key=${key}>${node.text}</code>`;
    case "codeBlock":
      return html`<${CodeBlock} key=${key} text=${node.text} language=${node.language} />`;
    case "link":
      return html`<a key=${key} href=${node.href} target="_blank" rel="noopener noreferrer"
        >${views(node.children)}</a
      >`;
    case "mention":
      return html`<${mentionViews[node.of]} key=${key} id=${node.id} />`;
    case "commandMention":
      return html`<${CommandMention} key=${key} name=${node.name} id=${node.id} />`;
    case "timestamp":
      return html`<${Timestamp} key=${key} seconds=${node.seconds} format=${node.style} />`;
  }
}

const mentionViews = { user: UserMention, channel: ChannelMention, role: RoleMention } as const;

function listView({ first, items }: MarkdownNode & { kind: "list" }, key: number) {
  const entries = items.map((item, index) => html`<li key=${index}>${views(item)}</li>`);
  return first === null
    ? html`<ul key=${key}>
        ${entries}
      </ul>`
    : html`<ol key=${key} start=${first}>
        ${entries}
      </ol>`;
}

/** A code block, focusable so that it can be scrolled by keyboard. */
function CodeBlock({ text, language }: { text: string; language: string | null }) {
  return html`<pre tabindex="0"><code data-language=${language}>${text}</code></pre>`;
}

function Timestamp({ seconds, format }: { seconds: number; format: TimestampStyle }) {
  const { language } = useViewContext();
  const at = seconds * 1000;
  return html`<time class="timestamp" datetime=${new Date(at).toISOString()} title=${inFull(at, language)}>
    ${inStyle(at, Date.now(), format, language)}
  </time>`;
}
