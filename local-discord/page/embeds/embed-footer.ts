import { html } from "htm/preact";
import { sentAt } from "../texts/dates.ts";
import { useSurroundings } from "../view/contexts.ts";

export function EmbedFooter({
  text,
  timestamp,
}: {
  text: string | undefined;
  timestamp: string | undefined;
}) {
  const { language, today } = useSurroundings();
  const when =
    timestamp && html`<time datetime=${timestamp}>${sentAt(Date.parse(timestamp), today, language)}</time>`;
  return html`<div class="embed-footer">${text}${text && when && " • "}${when}</div>`;
}
