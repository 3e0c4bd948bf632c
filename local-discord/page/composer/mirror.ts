import { html } from "htm/preact";
import { isTyped, type CommandLine } from "../commands/command-line.ts";
import { localName } from "../commands/localize.ts";
import { useViewContext } from "../view/view-context.ts";
import { segments } from "./segments.ts";

/** A line break at the end makes a line only when something follows it. */
const lastLine = "\u200b";

/**
 * The composer's text once more, behind it and in the same letters, for what a text area cannot draw: the pills of a
 * command, and after them the names of the required options still to come. It also gives the text area its height.
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
