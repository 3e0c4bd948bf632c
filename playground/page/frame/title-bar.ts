import { html } from "htm/preact";
import type { Session } from "../state/state.ts";
import { useSurroundings } from "../view/contexts.ts";
import { initials } from "../view/names.ts";

export function TitleBar({ guild }: { guild: Session["guild"] | undefined }) {
  const { texts } = useSurroundings();
  return html`
    <header class="title-bar" title=${texts.about}>
      ${guild && html`<span class="guild-badge" aria-hidden="true">${initials(guild.name).slice(0, 1)}</span>`}
      <span>${guild?.name ?? texts.title}</span>
    </header>
  `;
}
