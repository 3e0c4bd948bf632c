/** What several messages have in common: their color, files and pictures. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIButtonComponentWithCustomId,
  type APIMediaGalleryComponent,
  type APITextDisplayComponent,
} from "discord-api-types/v10";
import { imageTypeOf } from "../images/image-type.ts";
import { encodeCustomId, type CustomId } from "../jobs/custom-id.ts";
import { contentTypeOf } from "../project/image-set.ts";

/** The color beside an answer. It is decoration and carries no meaning. */
export const MUSTARD = 0xf2b90f;

/** Discord's default limit for one file. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

/** A file to attach to a message. Components refer to it as `attachment://<name>`. */
export interface AnswerFile {
  name: string;
  data: Buffer;
  contentType: string;
}

/** Compresses a file with gzip if it is too large. Returns undefined if it is too large even then. */
export async function compressToFit(file: AnswerFile, maxBytes: number): Promise<AnswerFile | undefined> {
  if (file.data.length <= maxBytes) return file;
  const data = await promisify(gzip)(file.data);
  if (data.length > maxBytes) return undefined;
  return { name: `${file.name}.gz`, data, contentType: "application/gzip" };
}

/**
 * A gallery with one attached picture. A link to a picture would expire.
 * @param alt alternative text for screen readers
 */
export function gallery({ name }: AnswerFile, alt: string): APIMediaGalleryComponent {
  const item = { media: { url: `attachment://${name}` }, description: alt };
  return { type: ComponentType.MediaGallery, items: [item] };
}

/** The file of a picture in a message with several pictures. @param number from 1. @param picture a WebP, JPEG or PNG */
export function pictureFile(number: number, picture: Buffer): AnswerFile {
  const type = imageTypeOf(picture) ?? "webp";
  const name = `image-${number}.${type === "jpeg" ? "jpg" : type}`;
  return { name, data: picture, contentType: contentTypeOf(name) };
}

/** Whether an attachment has the name of the picture with this number. */
export function isPictureOf(number: number, filename: string): boolean {
  return filename.replace(/\.\w+$/, "") === `image-${number}`;
}

/** A button that is gray by default, so that it does not stand out from others. */
export function button(
  label: string,
  id: CustomId,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style,
    label,
    custom_id: encodeCustomId(id),
  };
}

/** @param id by which the text is found in the message later */
export function textDisplay(content: string, id?: number): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content, ...(id !== undefined && { id }) };
}

/**
 * For Components V2, removes the text that the message may already have, such as the news of a failure. Discord refuses both
 * together (50035, MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2).
 */
export function withoutText({ flags }: { flags?: MessageFlags }): { content: null; embeds: [] } | undefined {
  return ((flags ?? 0) & MessageFlags.IsComponentsV2) === 0 ? undefined : { content: null, embeds: [] };
}
