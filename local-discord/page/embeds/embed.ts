import type { APIEmbed, APIEmbedImage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";
import { hex } from "../view/colours.ts";
import { safeAddress } from "../view/safe-address.ts";
import { ImageLink } from "../viewer/image-link.ts";
import { EmbedFields } from "./embed-fields.ts";
import { EmbedFooter } from "./embed-footer.ts";
import { shownWidth } from "./shown-width.ts";

/** Discord's, in pixels. */
const largest = { image: { width: 400, height: 300 }, thumbnail: { width: 80, height: 80 } };

export function EmbedView({ embed }: { embed: APIEmbed }) {
  const { author, title, description, fields, footer, timestamp, image, thumbnail, color } = embed;
  return html`
    <div
      class=${thumbnail ? "embed with-thumbnail" : "embed"}
      style=${color === undefined ? undefined : { borderLeftColor: hex(color) }}
    >
      ${author && html`<div class="embed-author"><${MaybeLink} href=${author.url}>${author.name}<//></div>`}
      ${
        title &&
        html`<div class="embed-title">
          <${MaybeLink} href=${embed.url}><${Markdown} source=${title} /><//>
        </div>`
      }
      ${description && html`<div class="embed-description"><${Markdown} source=${description} /></div>`}
      ${fields && fields.length > 0 && html`<${EmbedFields} fields=${fields} />`}
      ${thumbnail && html`<${Picture} kind="thumbnail" image=${thumbnail} />`}
      ${image && html`<${Picture} kind="image" image=${image} />`}
      ${(footer ?? timestamp) && html`<${EmbedFooter} text=${footer?.text} timestamp=${timestamp} />`}
    </div>
  `;
}

function Picture({ kind, image }: { kind: keyof typeof largest; image: APIEmbedImage }) {
  const url = safeAddress(image.url);
  return html`
    <${ImageLink} className=${`embed-${kind}`} url=${url} name="">
      <img
        src=${url}
        alt=""
        width=${image.width}
        height=${image.height}
        style=${shownWidth(image, largest[kind])}
        loading="lazy"
      />
    <//>
  `;
}

function MaybeLink({ href, children }: { href: string | undefined; children: unknown }) {
  const address = safeAddress(href);
  return address
    ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${children}</a>`
    : html`${children}`;
}
