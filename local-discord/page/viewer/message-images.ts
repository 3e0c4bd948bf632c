import type { APIMessage, APIMessageComponent } from "discord-api-types/v10";
import { componentType } from "../discord.ts";
import { safeUrl } from "../view/safe-url.ts";

export interface Image {
  url: string;
  /** Its description, or else its file name. */
  name: string;
}

/** Returns the images of a message in the order shown, without spoilers. */
export function messageImages({ attachments, embeds, components = [] }: APIMessage): Image[] {
  return [
    ...attachments
      .filter(isImage)
      .map(({ url, description, filename }) => imageAt(url, description ?? filename)),
    ...embeds.flatMap(({ thumbnail, image }) => [thumbnail, image].map((media) => imageAt(media?.url))),
    ...components.flatMap(imagesIn),
  ].filter((image) => image !== null);
}

export function isImage({ content_type: type }: { content_type?: string | undefined }): boolean {
  return type?.startsWith("image/") ?? false;
}

function imagesIn(component: APIMessageComponent): (Image | null)[] {
  if ("spoiler" in component && component.spoiler) return [];
  if (component.type === componentType.container) return component.components.flatMap(imagesIn);
  if (component.type === componentType.section) return imagesIn(component.accessory);
  if (component.type === componentType.thumbnail) {
    return [imageAt(component.media.url, component.description)];
  }
  if (component.type !== componentType.mediaGallery) return [];
  return component.items.flatMap(({ media, description, spoiler }) =>
    spoiler ? [] : imageAt(media.url, description),
  );
}

function imageAt(address: string | undefined, name?: string | null): Image | null {
  const url = safeUrl(address);
  return url === undefined ? null : { url, name: name ?? "" };
}
