import { html } from "htm/preact";
import { useViewContext } from "./view-context.ts";

/** Beside the name of whoever is no person. */
export function AppTag() {
  return html`<span class="app-tag">${useViewContext().texts.app}</span>`;
}
