import type { APIAttachment, APIMessage } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import { invalidForm } from "../errors.ts";
import type { Discord } from "../state/discord.ts";
import type { LocatedComponent } from "./components.ts";
import { componentsOf, locateComponents } from "./components.ts";
import { describeFile } from "./upload.ts";

type Showing = Pick<APIMessage, "components" | "embeds">;

/** A place in a message that can show a file, and its path in the request body. */
interface MediaPlace {
  media: { url: string };
  path: string[];
}

/**
 * Inserts the URL and size of a file wherever a message refers to it, by `attachment://name` or by its URL.
 * @throws DiscordError 50035 for an unknown name, and for a file component that shows no file of the message
 * @see https://discord.com/developers/docs/components/reference#unfurled-media-item
 */
export function showFiles(message: Showing, files: readonly APIAttachment[]): Required<Showing> {
  const shown = structuredClone({ components: message.components ?? [], embeds: message.embeds });
  for (const { media, path } of placesIn(shown)) {
    const file = files.findLast(({ filename, url }) => [`attachment://${filename}`, url].includes(media.url));
    const needed = media.url.startsWith("attachment://") || path.at(-1) === "file";
    if (!file && needed) throw unknownFile(media.url, path);
    if (file) Object.assign(media, mediaOf(file), path[0] === "components" ? { attachment_id: file.id } : {});
  }
  for (const component of componentsOf(shown)) {
    if (component.type !== ComponentType.File) continue;
    const file = files.find(({ url }) => url === component.file.url);
    if (file) Object.assign(component, { name: file.filename, size: file.size });
  }
  return shown;
}

/**
 * Returns the files that the message does not show, which are its `attachments`.
 * @see https://github.com/discord/discord-api-docs/pull/8279
 */
export function filesNotShown(message: Showing, files: readonly APIAttachment[]): APIAttachment[] {
  const addresses = new Set(placesIn(message).map(({ media }) => media.url));
  return files.filter(({ url }) => !addresses.has(url));
}

/** Returns the files that the message shows. The message stores nothing but their URLs. */
export function filesShown({ world, attachments }: Discord, message: Showing): APIAttachment[] {
  const addresses = new Set(placesIn(message).map(({ media }) => media.url));
  return [...addresses].flatMap((url) => {
    const bytes = url.startsWith(`${world.cdn}/attachments/`) && attachments.get(idOf(url));
    return bytes ? [describeFile(url, bytes)] : [];
  });
}

/** Deletes the files of messages that were edited or deleted, except those that they or other messages still have. */
export function deleteUnusedFiles(discord: Discord, before: readonly APIMessage[]): void {
  const stored = `${discord.world.cdn}/attachments/`;
  const had = before.flatMap(addressesIn).filter((url) => url.startsWith(stored));
  const after = before.flatMap(({ id }) => discord.messages.find(id)?.message ?? []);
  const kept = new Set(after.flatMap(addressesIn));
  if (had.every((url) => kept.has(url))) return;
  const used = new Set(discord.messages.all().flatMap(({ message }) => addressesIn(message)));
  for (const url of had) if (!used.has(url)) discord.attachments.remove(idOf(url));
}

/** Returns the URLs of the files that the message shows or has attached. */
function addressesIn(message: Showing & Pick<APIMessage, "attachments">): string[] {
  return [...placesIn(message).map(({ media }) => media.url), ...message.attachments.map(({ url }) => url)];
}

/** Returns the attachment id in the URL of a file. */
function idOf(url: string): string {
  return url.split("/").at(-2) ?? "";
}

function placesIn({ components = [], embeds }: Showing): MediaPlace[] {
  const inEmbeds = embeds.flatMap(({ image, thumbnail }, index) => [
    ...(image ? [{ media: image, path: ["embeds", String(index), "image"] }] : []),
    ...(thumbnail ? [{ media: thumbnail, path: ["embeds", String(index), "thumbnail"] }] : []),
  ]);
  return [...locateComponents({ components }).flatMap(placesOf), ...inEmbeds];
}

function placesOf({ component, path }: LocatedComponent): MediaPlace[] {
  if (component.type === ComponentType.Thumbnail) {
    return [{ media: component.media, path: [...path, "media"] }];
  }
  if (component.type === ComponentType.File) return [{ media: component.file, path: [...path, "file"] }];
  if (component.type !== ComponentType.MediaGallery) return [];
  return component.items.map(({ media }, index) => ({
    media,
    path: [...path, "items", String(index), "media"],
  }));
}

function mediaOf({ url, proxy_url, width, height, content_type }: APIAttachment) {
  return {
    url,
    proxy_url,
    ...(width && height ? { width, height } : {}),
    ...(content_type ? { content_type } : {}),
  };
}

function unknownFile(url: string, path: string[]) {
  return invalidForm([
    {
      path: [...path, "url"],
      code: "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
      message: `The referenced attachment "${url}" was not found.`,
    },
  ]);
}
