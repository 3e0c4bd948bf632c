import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { fileIcon } from "../view/icons.ts";
import { useObjectUrl } from "./use-object-url.ts";

/** The picture in a file, or a drawing of a file where the browser finds none. */
export function Thumbnail({ file }: { file: File }) {
  const url = useObjectUrl(file);
  const [shown, setShown] = useState(file.type.startsWith("image/"));
  return html`<span class="thumb">
    ${
      shown && url !== undefined
        ? html`<img src=${url} alt="" draggable=${false} onError=${() => setShown(false)} />`
        : fileIcon(44)
    }
  </span>`;
}
