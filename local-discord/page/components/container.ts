import type { APIContainerComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { hex } from "../view/colors.ts";
import { ComponentView } from "./component.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

export function ContainerComponent({ component }: { component: APIContainerComponent }) {
  const { accent_color: accent, components, spoiler } = component;
  const style = accent === undefined || accent === null ? undefined : { "--accent": hex(accent) };
  const inner = html`<div class=${style ? "container accented" : "container"} style=${style}>
    ${components.map((child, index) => html`<${ComponentView} key=${index} component=${child} />`)}
  </div>`;
  return spoiler ? html`<${SpoilerCover}>${inner}<//>` : inner;
}
