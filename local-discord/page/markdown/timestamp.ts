import { html } from "htm/preact";
import { inFull, inStyle } from "../texts/dates.ts";
import { useSurroundings } from "../view/contexts.ts";
import type { TimestampStyle } from "./tree.ts";

export function Timestamp({ seconds, format }: { seconds: number; format: TimestampStyle }) {
  const { language } = useSurroundings();
  const at = seconds * 1000;
  return html`<time class="timestamp" datetime=${new Date(at).toISOString()} title=${inFull(at, language)}>
    ${inStyle(at, Date.now(), format, language)}
  </time>`;
}
