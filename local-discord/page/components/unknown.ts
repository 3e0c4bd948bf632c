import { html } from "htm/preact";
import { useSurroundings } from "../view/contexts.ts";

export function UnknownComponent() {
  return html`<p class="unknown-component">${useSurroundings().texts.unknownComponent}</p>`;
}
