import { html } from "htm/preact";

const piece = /("(?:\\.|[^"\\])*")(?=:)|("(?:\\.|[^"\\])*")|(-?\d[\d.eE+-]*|true|false|null)/;

/** What the pattern's groups are; what is between its matches comes first. */
const looks = ["plain", "key", "text", "number"];

/** JSON with its keys, texts and numbers told apart. */
export function Json({ value }: { value: unknown }) {
  const parts = (JSON.stringify(value, null, 2) ?? "").split(piece);
  return html`<pre class="json" tabindex="0">
${parts.map((part, index) => part && html`<span class=${`json-${looks[index % looks.length]}`}>${part}</span>`)}</pre>`;
}
