import { ComponentType, type APIMediaGalleryComponent } from "discord-api-types/v10";
import type { AnswerMessage } from "./answers.ts";

interface ShownPicture {
  /** A WebP for display. */
  picture: Buffer;
  /** Alternative text for screen readers. */
  alt: string;
}

/** Makes a gallery for each picture, and the files to attach: links to pictures would expire. */
export function galleriesOf(pictures: readonly ShownPicture[]): {
  galleries: APIMediaGalleryComponent[];
  files: NonNullable<AnswerMessage["files"]>;
} {
  const named = pictures.map(({ picture, alt }, index) => ({
    name: `image-${index + 1}.webp`,
    picture,
    alt,
  }));
  return {
    galleries: named.map(({ name, alt }) => ({
      type: ComponentType.MediaGallery,
      items: [{ media: { url: `attachment://${name}` }, description: alt }],
    })),
    files: named.map(({ name, picture }) => ({ name, data: picture, contentType: "image/webp" })),
  };
}
