import { html } from "htm/preact";
import { fileSize } from "../texts/file-size.ts";
import { useViewContext } from "../view/view-context.ts";
import { downloadIcon, fileIcon } from "../view/icons.ts";

interface Props {
  name: string;
  /** Size in bytes. */
  size: number | undefined;
  url: string | undefined;
}

export function FileCard({ name, size, url }: Props) {
  const { texts, language } = useViewContext();
  return html`
    <div class="file-card">
      ${fileIcon()}
      <div class="file-card-text">
        <a href=${url} target="_blank" rel="noopener noreferrer">${name}</a>
        ${size !== undefined && html`<span class="file-size">${fileSize(size, language)}</span>`}
      </div>
      <a
        class="icon-button"
        href=${url}
        download=${name}
        aria-label=${texts.download(name)}
        title=${texts.download(name)}
      >
        ${downloadIcon()}
      </a>
    </div>
  `;
}
