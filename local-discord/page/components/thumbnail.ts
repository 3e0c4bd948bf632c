import type { APIThumbnailComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { safeUrl } from "../view/safe-url.ts";
import { ImageLink } from "../viewer/image-link.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

export function Thumbnail({
  component: { media, description, spoiler },
}: {
  component: APIThumbnailComponent;
}) {
  const url = safeUrl(media.url);
  const name = description ?? "";
  const image = html`<${ImageLink} className="thumbnail" url=${url} name=${name}>
    <img src=${url} alt=${name} loading="lazy" />
  <//>`;
  return spoiler ? html`<${SpoilerCover}>${image}<//>` : image;
}
