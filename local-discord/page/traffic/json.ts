import { html } from "htm/preact";

const piece = /("(?:\\.|[^"\\])*")(?=:)|("(?:\\.|[^"\\])*")|(-?\d[\d.eE+-]*|true|false|null)/;

/** Class names of the parts of a split: the text between matches, then the groups of the pattern. */
const looks = ["plain", "key", "text", "number"];

/** JSON with colored keys, strings and numbers. */
export function Json({ value }: { value: unknown }) {
  const parts = (JSON.stringify(value, null, 2) ?? "").split(piece);
  return html`<pre class="json" tabindex="0">
${parts.map((part, index) => part && html`<span class=${`json-${looks[index % looks.length]}`}>${part}</span>`)}</pre>`;
}
