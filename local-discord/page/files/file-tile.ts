import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { fileSize } from "../texts/file-size.ts";
import { useSurroundings } from "../view/contexts.ts";
import { binIcon } from "../view/icons.ts";
import { Thumbnail } from "./thumbnail.ts";

interface Props {
  file: File;
  onRemove: () => void;
  /** Above the name: the option it is for. */
  children?: ComponentChildren;
}

/** A file to be sent: how it looks, what it is called, and a way to leave it out. */
export function FileTile({ file, onRemove, children }: Props) {
  const { texts, language } = useSurroundings();
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
