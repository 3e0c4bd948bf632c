import type { APIActionRowComponent, APIComponentInMessageActionRow } from "discord-api-types/v10";
import { html } from "htm/preact";
import { ComponentView } from "./component.ts";

export function ActionRow({
  component,
}: {
  component: APIActionRowComponent<APIComponentInMessageActionRow>;
}) {
  return html`<div class="action-row">
    ${component.components.map((child, index) => html`<${ComponentView} key=${index} component=${child} />`)}
  </div>`;
}
