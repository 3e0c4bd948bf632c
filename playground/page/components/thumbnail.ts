import type { APIThumbnailComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { safeAddress } from "../view/safe-address.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

export function Thumbnail({
  component: { media, description, spoiler },
}: {
  component: APIThumbnailComponent;
}) {
  const image = html`<img
    class="thumbnail"
    src=${safeAddress(media.url)}
    alt=${description ?? ""}
    loading="lazy"
  />`;
  return spoiler ? html`<${SpoilerCover}>${image}<//>` : image;
}
