import type { APIAttachment } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useSurroundings } from "../view/contexts.ts";
import { safeAddress } from "../view/safe-address.ts";
import { FileCard } from "./file-card.ts";
import { shownWidth } from "./shown-width.ts";

/** Discord's, in pixels. */
const largest = { width: 550, height: 350 };

/** A picture is shown, anything else offered for download. */
export function AttachmentView({ attachment }: { attachment: APIAttachment }) {
  const { texts } = useSurroundings();
  const { filename, size, content_type: type, description, width, height } = attachment;
  const url = safeAddress(attachment.url);
  if (!type?.startsWith("image/")) return html`<${FileCard} name=${filename} size=${size} url=${url} />`;
  return html`
    <a
      class="image-link"
      href=${url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${texts.openImage(description ?? filename)}
    >
      <img
        src=${url}
        alt=${description ?? filename}
        width=${width ?? undefined}
        height=${height ?? undefined}
        style=${shownWidth(attachment, largest)}
        loading="lazy"
      />
    </a>
  `;
}
