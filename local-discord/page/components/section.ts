import type { APISectionComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { ComponentView } from "./component.ts";
import { PressNote } from "./press-note.ts";

/** Up to three texts beside a thumbnail or a button. */
export function SectionComponent({ component }: { component: APISectionComponent }) {
  return html`
    <div class="section">
      <div class="section-texts">
        ${component.components.map((child, index) => html`<${ComponentView} key=${index} component=${child} />`)}
      </div>
      <${ComponentView} component=${component.accessory} />
    </div>
    <${PressNote} components=${[component.accessory]} />
  `;
}
