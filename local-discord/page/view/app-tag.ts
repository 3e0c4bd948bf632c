import { html } from "htm/preact";
import { useViewContext } from "./view-context.ts";

/** The tag beside the name of a bot. */
export function AppTag() {
  return html`<span class="app-tag">${useViewContext().texts.app}</span>`;
}
