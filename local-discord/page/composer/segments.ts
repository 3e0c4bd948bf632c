import type { CommandLine } from "../commands/command-line.ts";

export interface Segment {
  kind: "command" | "name" | "value" | "plain";
  text: string;
}

/** Splits the text into the parts that are drawn as pills. Joined, they are the text again. */
export function segments(text: string, line: CommandLine | null): Segment[] {
  if (line === null) return [{ kind: "plain", text }];
  const parts: Segment[] = [];
  let at = 0;
  const take = (kind: Segment["kind"], end: number) => {
    if (end > at) parts.push({ kind, text: text.slice(at, end) });
    at = Math.max(at, end);
  };
  take("command", line.nameEnd);
  for (const { from, valueFrom, to } of line.values) {
    take("plain", from);
    take("name", valueFrom);
    take("value", to);
  }
  take("plain", text.length);
  return parts;
}
