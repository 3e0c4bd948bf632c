import { html } from "htm/preact";
import { useSurroundings } from "./contexts.ts";

/** Beside the name of whoever is no person. */
export function AppTag() {
  return html`<span class="app-tag">${useSurroundings().texts.app}</span>`;
}
