import type { APITextDisplayComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";

export function TextDisplay({ component }: { component: APITextDisplayComponent }) {
  return html`<div class="message-text"><${Markdown} source=${component.content} /></div>`;
}
