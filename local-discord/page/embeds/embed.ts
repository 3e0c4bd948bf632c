import type { APIEmbed, APIEmbedImage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";
import { hex } from "../view/colors.ts";
import { safeUrl } from "../view/safe-url.ts";
import { ImageLink } from "../viewer/image-link.ts";
import { EmbedFields } from "./embed-fields.ts";
import { displayWidth } from "./display-width.ts";
import { sentAt } from "../texts/dates.ts";
import { useViewContext } from "../view/view-context.ts";

/** Discord's size limits, in pixels. */
const MAX_SIZE = { image: { width: 400, height: 300 }, thumbnail: { width: 80, height: 80 } };

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

function Picture({ kind, image }: { kind: keyof typeof MAX_SIZE; image: APIEmbedImage }) {
  const url = safeUrl(image.url);
  return html`
    <${ImageLink} className=${`embed-${kind}`} url=${url} name="">
      <img
        src=${url}
        alt=""
        width=${image.width}
        height=${image.height}
        style=${displayWidth(image, MAX_SIZE[kind])}
        loading="lazy"
      />
    <//>
  `;
}

function MaybeLink({ href, children }: { href: string | undefined; children: unknown }) {
  const address = safeUrl(href);
  return address
    ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${children}</a>`
    : html`${children}`;
}

function EmbedFooter({ text, timestamp }: { text: string | undefined; timestamp: string | undefined }) {
  const { language, today } = useViewContext();
  const when =
    timestamp && html`<time datetime=${timestamp}>${sentAt(Date.parse(timestamp), today, language)}</time>`;
  return html`<div class="embed-footer">${text}${text && when && " • "}${when}</div>`;
}
