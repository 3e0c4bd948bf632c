import { html } from "htm/preact";
import { useState } from "preact/hooks";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import { exactTime } from "../texts/dates.ts";
import { fileSize } from "../texts/file-size.ts";
import { useViewContext } from "../view/view-context.ts";
import { copyIcon } from "../view/icons.ts";
import { Json } from "./json.ts";

interface Props {
  entry: TrafficEntry;
  /** Returns the source of a test that repeats the entry; null if it cannot be repeated. */
  testOf: (entry: TrafficEntry) => string | null;
}

export function TrafficDetails({ entry, testOf }: Props) {
  const { at, problem, forged, request, response, files = [] } = entry;
  const { texts, language } = useViewContext();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(testOf(entry) ?? "");
    setCopied(true);
  };
  const sizes = files.map(({ name, size }) => `${name} (${fileSize(size, language)})`);
  return html`
    <div class="traffic-details">
      <div class="traffic-tools">
        <time datetime=${new Date(at).toISOString()}>${exactTime(at)}</time>
        <span role="status">${copied && texts.copied}</span>
        ${
          testOf(entry) !== null &&
          html`<button type="button" class="small-button" onClick=${copy}>
            ${copyIcon(14)} ${texts.copyAsTest}
          </button>`
        }
      </div>
      ${problem !== undefined && html`<p>${texts.endpointProblem(problem)}</p>`}
      ${forged && html`<p>${texts.forged}</p>`}
      ${
        request !== undefined &&
        html`<h3>${texts.fromBot}</h3>
          <${Json} value=${request} />`
      }
      ${sizes.length > 0 && html`<p>${sizes.join(", ")}</p>`}
      ${
        response !== undefined &&
        html`<h3>${texts.toBot}</h3>
          <${Json} value=${response} />`
      }
    </div>
  `;
}
