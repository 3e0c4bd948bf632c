import type { APIActionRowComponent, APIComponentInMessageActionRow } from "discord-api-types/v10";
import { html } from "htm/preact";
import { ComponentView } from "./component.ts";
import { PressNote } from "./press-note.ts";

export function ActionRow({
  component: { components },
}: {
  component: APIActionRowComponent<APIComponentInMessageActionRow>;
}) {
  return html`<div class="action-row">
    ${components.map((child, index) => html`<${ComponentView} key=${index} component=${child} />`)}
    <${PressNote} components=${components} />
  </div>`;
}
