import type { APIAttachment } from "discord-api-types/v10";
import { html } from "htm/preact";
import { MediaGallery } from "../components/media-gallery.ts";
import { safeUrl } from "../view/safe-url.ts";
import { isImage } from "../viewer/message-images.ts";
import { FileCard } from "./file-card.ts";

/** The attachments of a message: images in a gallery, other files for download. */
export function AttachmentList({ attachments }: { attachments: readonly APIAttachment[] }) {
  const items = attachments
    .filter(isImage)
    .map((image) => ({ media: image, description: image.description ?? image.filename }));
  const others = attachments.filter((attachment) => !isImage(attachment));
  return html`
    <div class="attachments">
      ${items.length > 0 && html`<${MediaGallery} component=${{ items }} />`}
      ${others.map(
        ({ id, filename, size, url }) =>
          html`<${FileCard} key=${id} name=${filename} size=${size} url=${safeUrl(url)} />`,
      )}
    </div>
  `;
}
