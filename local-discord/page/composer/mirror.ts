import { html } from "htm/preact";
import { isTyped, type CommandLine } from "../commands/command-line.ts";
import { localName } from "../commands/localize.ts";
import { useViewContext } from "../view/view-context.ts";
import { segments } from "./segments.ts";

/** A zero-width space, because a line break at the end adds a line only if a character follows. */
const lastLine = "\u200b";

/**
 * A copy of the composer's text behind the text area. It draws what a text area cannot: the pills of a command, and the names
 * of missing required options. It also gives the text area its height.
 */
export function Mirror({ text, line }: { text: string; line: CommandLine | null }) {
  const { language } = useViewContext();
  const missing = (line?.options ?? []).filter(
    (option) =>
      option.required &&
      isTyped(option) &&
      !line?.values.some((value) => value.option === option && value.text !== ""),
  );
  return html`
    <div class="composer-mirror" aria-hidden="true">
      ${segments(text, line).map(
        (part, index) => html`<span key=${index} class=${`part-${part.kind}`}>${part.text}</span>`,
      )}
      ${missing.map(
        (option) => html`<span key=${option.name} class="part-missing">${localName(option, language)}</span>`,
      )}
      ${lastLine}
    </div>
  `;
}
