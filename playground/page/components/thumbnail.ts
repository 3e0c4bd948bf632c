import type { APIThumbnailComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { mediaAddress } from "../embeds/media.ts";
import { useMessageScope } from "./message-scope.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

export function Thumbnail({
  component: { media, description, spoiler },
}: {
  component: APIThumbnailComponent;
}) {
  const { message } = useMessageScope();
  const image = html`<img
    class="thumbnail"
    src=${mediaAddress(media.url, message)}
    alt=${description ?? ""}
    loading="lazy"
  />`;
  return spoiler ? html`<${SpoilerCover}>${image}<//>` : image;
}
