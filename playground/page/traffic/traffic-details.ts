import { html } from "htm/preact";
import { useState } from "preact/hooks";
import type { TrafficEntry } from "../../client-protocol.ts";
import { exactTime } from "../texts/dates.ts";
import { fileSize } from "../texts/file-size.ts";
import { useSurroundings } from "../view/contexts.ts";
import { copyIcon } from "../view/icons.ts";
import { Json } from "./json.ts";

interface Props {
  entry: TrafficEntry;
  /** Puts a test that repeats the entry into the clipboard. */
  onCopy: () => Promise<void>;
}

export function TrafficDetails({ entry: { at, request, response, files = [] }, onCopy }: Props) {
  const { texts, language } = useSurroundings();
  const [copied, setCopied] = useState(false);
  const sizes = files.map(({ name, size }) => `${name} (${fileSize(size, language)})`);
  return html`
    <div class="traffic-details">
      <div class="traffic-tools">
        <time datetime=${new Date(at).toISOString()}>${exactTime(at)}</time>
        <span role="status">${copied && texts.copied}</span>
        <button type="button" class="small-button" onClick=${() => void onCopy().then(() => setCopied(true))}>
          ${copyIcon(14)} ${texts.copyAsTest}
        </button>
      </div>
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
