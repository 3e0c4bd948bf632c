import type { APIMediaGalleryComponent, APIMediaGalleryItem } from "discord-api-types/v10";
import { html } from "htm/preact";
import { shownWidth } from "../embeds/shown-width.ts";
import { useSurroundings } from "../view/contexts.ts";
import { safeAddress } from "../view/safe-address.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

/** Discord's, in pixels, for a picture that is alone. */
const largest = { width: 550, height: 350 };

/** One picture keeps its shape; several make Discord's mosaic, which the style sheet lays out by their number. */
export function MediaGallery({ component: { items } }: { component: APIMediaGalleryComponent }) {
  return html`<div class="gallery" data-count=${items.length}>
    ${items.map((item, index) => html`<${GalleryItem} key=${index} item=${item} alone=${items.length === 1} />`)}
  </div>`;
}

interface ItemProps {
  item: APIMediaGalleryItem;
  alone: boolean;
}

function GalleryItem({ item: { media, description, spoiler }, alone }: ItemProps) {
  const { texts } = useSurroundings();
  const url = safeAddress(media.url);
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
        style=${alone ? shownWidth(media, largest) : undefined}
        loading="lazy"
      />
    </a>
  `;
  return spoiler ? html`<${SpoilerCover}>${image}<//>` : image;
}
