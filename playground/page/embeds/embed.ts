import type { APIEmbed, APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";
import { hex } from "../view/colours.ts";
import { safeAddress } from "../view/safe-address.ts";
import { EmbedFields } from "./embed-fields.ts";
import { EmbedFooter } from "./embed-footer.ts";
import { mediaAddress } from "./media.ts";

interface Props {
  embed: APIEmbed;
  message: APIMessage;
}

export function EmbedView({ embed, message }: Props) {
  const { author, title, description, fields, footer, timestamp, image, thumbnail, color } = embed;
  const picture = image && mediaAddress(image.url, message);
  const small = thumbnail && mediaAddress(thumbnail.url, message);
  return html`
    <div
      class=${small ? "embed with-thumbnail" : "embed"}
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
      ${small && html`<img class="embed-thumbnail" src=${small} alt="" loading="lazy" />`}
      ${picture && html`<img class="embed-image" src=${picture} alt="" loading="lazy" />`}
      ${(footer ?? timestamp) && html`<${EmbedFooter} text=${footer?.text} timestamp=${timestamp} />`}
    </div>
  `;
}

function MaybeLink({ href, children }: { href: string | undefined; children: unknown }) {
  const address = safeAddress(href);
  return address
    ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${children}</a>`
    : html`${children}`;
}
