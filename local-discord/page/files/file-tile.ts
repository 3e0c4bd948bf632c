import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { fileSize } from "../texts/file-size.ts";
import { useViewContext } from "../view/view-context.ts";
import { binIcon, fileIcon } from "../view/icons.ts";
import { useState, useEffect } from "preact/hooks";

interface Props {
  file: File;
  onRemove: () => void;
  /** The label above the name, which is the option of the file. */
  children?: ComponentChildren;
}

/** A file to be sent: its thumbnail, its name, and a button to remove it. */
export function FileTile({ file, onRemove, children }: Props) {
  const { texts, language } = useViewContext();
  const remove = texts.removeFile(file.name);
  return html`
    <li class="file-tile">
      <${Thumbnail} file=${file} />
      ${children}
      <span class="tile-name" title=${file.name}>${file.name}</span>
      <span class="tile-size">${fileSize(file.size, language)}</span>
      <button type="button" class="tile-remove" aria-label=${remove} title=${remove} onClick=${onRemove}>
        ${binIcon()}
      </button>
    </li>
  `;
}

/** The image in a file, or an icon if the browser cannot show it. */
function Thumbnail({ file }: { file: File }) {
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

/** Returns a URL for a local file, and revokes it when the component goes. */
function useObjectUrl(file: File): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
