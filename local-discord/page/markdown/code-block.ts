import { html } from "htm/preact";

/** The scrolling box can be reached by keyboard, as it may be wider than the screen. */
export function CodeBlock({ text, language }: { text: string; language: string | null }) {
  return html`<pre tabindex="0"><code data-language=${language}>${text}</code></pre>`;
}
