import { ComponentType, type APIMediaGalleryComponent } from "discord-api-types/v10";
import type { AnswerMessage } from "./answers.ts";

interface ShownPicture {
  /** WebP, for display. */
  picture: Buffer;
  /** Read to those who cannot see it. */
  alt: string;
}

/** A gallery for each picture, and the files that they show: attached, since an address would expire. */
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
