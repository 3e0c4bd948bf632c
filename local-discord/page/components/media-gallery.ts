import type { APIMediaGalleryItem } from "discord-api-types/v10";
import { html } from "htm/preact";
import { displayWidth } from "../embeds/display-width.ts";
import { safeUrl } from "../view/safe-url.ts";
import { ImageLink } from "../viewer/image-link.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

/** Discord's size limit for a single image, in pixels. */
const MAX_SIZE = { width: 550, height: 350 };

type Item = Pick<APIMediaGalleryItem, "description" | "spoiler"> & {
  media: { url: string; width?: number | null; height?: number | null };
};

/** A single image keeps its shape. Several form Discord's mosaic, which the style sheet lays out by their number. */
export function MediaGallery({ component: { items } }: { component: { items: readonly Item[] } }) {
  return html`<div class="gallery" data-count=${items.length}>
    ${items.map((item, index) => html`<${GalleryItem} key=${index} item=${item} alone=${items.length === 1} />`)}
  </div>`;
}

function GalleryItem({ item: { media, description, spoiler }, alone }: { item: Item; alone: boolean }) {
  const url = safeUrl(media.url);
  const alt = description ?? "";
  const image = html`
    <${ImageLink} className="gallery-item" url=${url} name=${alt}>
      <img
        src=${url}
        alt=${alt}
        width=${media.width ?? undefined}
        height=${media.height ?? undefined}
        style=${alone ? displayWidth(media, MAX_SIZE) : undefined}
        loading="lazy"
      />
    <//>
  `;
  return spoiler ? html`<${SpoilerCover}>${image}<//>` : image;
}
