import type { APIMediaGalleryComponent, APIMediaGalleryItem } from "discord-api-types/v10";
import { html } from "htm/preact";
import { mediaAddress } from "../embeds/media.ts";
import { useSurroundings } from "../view/contexts.ts";
import { useMessageScope } from "./message-scope.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

/** One picture keeps its shape; several make Discord's mosaic, which the style sheet lays out by their number. */
export function MediaGallery({ component: { items } }: { component: APIMediaGalleryComponent }) {
  return html`<div class="gallery" data-count=${items.length}>
    ${items.map((item, index) => html`<${GalleryItem} key=${index} item=${item} />`)}
  </div>`;
}

function GalleryItem({ item: { media, description, spoiler } }: { item: APIMediaGalleryItem }) {
  const { message } = useMessageScope();
  const { texts } = useSurroundings();
  const url = mediaAddress(media.url, message);
  const alt = description ?? "";
  const image = html`
    <a
      class="gallery-item"
      href=${url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${texts.openImage(alt)}
    >
      <img
        src=${url}
        alt=${alt}
        width=${media.width ?? undefined}
        height=${media.height ?? undefined}
        loading="lazy"
      />
    </a>
  `;
  return spoiler ? html`<${SpoilerCover}>${image}<//>` : image;
}
