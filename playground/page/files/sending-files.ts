import { html } from "htm/preact";
import { fileSize } from "../texts/file-size.ts";
import { useSurroundings } from "../view/contexts.ts";
import { Thumbnail } from "./thumbnail.ts";

/** Files on their way, in a row that only this window knows. */
export function SendingFiles({ files, sending }: { files: readonly File[]; sending: boolean }) {
  const { texts, language } = useSurroundings();
  if (files.length === 0) return null;
  return html`
    <ul class="sending-files">
      ${files.map(
        (file, index) => html`
          <li key=${index} class="sending-file">
            <${Thumbnail} file=${file} />
            <span class="tile-name">${file.name}</span>
            <span class="tile-size">${fileSize(file.size, language)}</span>
          </li>
        `,
      )}
    </ul>
    ${sending && html`<progress class="upload-progress" aria-label=${texts.uploading(files.length)}></progress>`}
  `;
}
