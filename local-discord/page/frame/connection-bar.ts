import { html } from "htm/preact";
import type { Connection } from "../state/state.ts";
import { useSurroundings } from "../view/contexts.ts";

export function ConnectionBar({ connection }: { connection: Connection }) {
  const { texts } = useSurroundings();
  const text = { open: null, connecting: texts.connecting, lost: texts.reconnecting }[connection];
  return html`<div class="connection-bar" role="status" data-connection=${connection}>${text}</div>`;
}
