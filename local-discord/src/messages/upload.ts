import type { APIAttachment, RESTAPIAttachment } from "discord-api-types/v10";
import { getMimeType } from "hono/utils/mime";
import type { Discord } from "../state/discord.ts";
import { assertFilesAllowed } from "./file-limits.ts";
import { imageSize } from "./image-size.ts";

export interface File {
  name: string;
  bytes: Uint8Array;
  /** The content type it is given out under; that of its name unless told. */
  type?: string;
}

/** A file that came with a request, as `files[index]`. */
export interface Upload extends File {
  index: string;
}

/**
 * Keeps the files and describes them as attachments; `described` are the body's `attachments`, `keeps` counts those that
 * the message has already. Throws 30015 or 40005.
 */
export function storeUploads(
  discord: Discord,
  channelId: string,
  { uploads, described, keeps }: { uploads: Upload[]; described: RESTAPIAttachment[]; keeps?: number },
): APIAttachment[] {
  assertFilesAllowed(uploads, keeps);
  return uploads.map(({ index, name, ...file }) => {
    const { filename, description } = described.find(({ id }) => String(id) === index) ?? {};
    const attachment = storeFile(discord, `attachments/${channelId}`, { ...file, name: filename ?? name });
    return description ? { ...attachment, description } : attachment;
  });
}

/** Keeps one file in that folder of the CDN. */
export function storeFile(discord: Discord, folder: string, { name, bytes, type }: File): APIAttachment {
  const id = discord.nextSnowflake();
  discord.attachments.put(id, bytes);
  const attachment = describeFile(`${discord.world.cdn}/${folder}/${id}/${safeName(name)}`, bytes);
  return type === undefined ? attachment : { ...attachment, content_type: type };
}

/** `url` ends in the attachment's id and its file name. */
export function describeFile(url: string, bytes: Uint8Array): APIAttachment {
  const [filename = "", id = ""] = url.split("/").toReversed();
  const type = getMimeType(filename);
  return {
    id,
    filename,
    size: bytes.length,
    url,
    proxy_url: url,
    ...(type ? { content_type: type } : {}),
    ...(type?.startsWith("image/") ? imageSize(bytes) : {}),
  };
}

/** Discord too leaves only such characters in a file name. */
function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "_").replace(/^\.+/, "") || "file";
}
