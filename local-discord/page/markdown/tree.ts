/** A node of parsed Markdown. Discord keeps line breaks, so they stay in the texts. */
export type MarkdownNode =
  | { kind: "text"; text: string }
  | { kind: "strong" | "emphasis" | "underline" | "strike" | "spoiler"; children: MarkdownNode[] }
  | { kind: "quote" | "subtext"; children: MarkdownNode[] }
  | { kind: "heading"; /** 1 to 3. */ level: number; children: MarkdownNode[] }
  | { kind: "list"; first: number | null; items: MarkdownNode[][] }
  | { kind: "code"; text: string }
  | { kind: "codeBlock"; language: string | null; text: string }
  | { kind: "link"; href: string; children: MarkdownNode[] }
  | { kind: "mention"; of: "user" | "channel" | "role"; id: string }
  | { kind: "commandMention"; name: string; id: string }
  | { kind: "timestamp"; seconds: number; style: TimestampStyle };

export const timestampStyles = ["t", "T", "d", "D", "f", "F", "R"] as const;

export type TimestampStyle = (typeof timestampStyles)[number];
