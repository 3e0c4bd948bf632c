import { html } from "htm/preact";
import type { Session } from "../state/state.ts";
import { useSurroundings } from "../view/contexts.ts";
import { bubbleIcon } from "../view/icons.ts";
import { initials } from "../view/names.ts";

/** The column of round server icons. There is one server, so nothing here needs pressing. */
export function ServerRail({ guild }: { guild: Session["guild"] | undefined }) {
  const { texts } = useSurroundings();
  return html`
    <nav class="rail" aria-label=${texts.servers}>
      <span class="rail-icon rail-home" title=${texts.about}>${bubbleIcon()}</span>
      <span class="rail-line"></span>
      ${
        guild &&
        html`<span class="rail-icon rail-guild" aria-current="true" title=${guild.name}>
          <span aria-hidden="true">${initials(guild.name)}</span>
          <span class="visually-hidden">${guild.name}</span>
        </span>`
      }
    </nav>
  `;
}
