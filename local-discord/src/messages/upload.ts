import type { APIAttachment, RESTAPIAttachment } from "discord-api-types/v10";
import { getMimeType } from "hono/utils/mime";
import type { Discord } from "../state/discord.ts";
import { assertFilesAllowed } from "./file-limits.ts";
import { imageSize } from "./image-size.ts";

export interface File {
  name: string;
  bytes: Uint8Array;
  /** Content type; default: that of the file name's extension. */
  type?: string;
}

/** A file of a request, from the form field `files[index]`. */
export interface Upload extends File {
  index: string;
}

/**
 * Stores the files and returns their attachments.
 * @param described the body's `attachments`
 * @param keeps number of files that the message keeps when it is edited
 * @throws DiscordError 30015 or 40005
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

/** Stores a file under this path of the CDN. */
export function storeFile(discord: Discord, folder: string, { name, bytes, type }: File): APIAttachment {
  const id = discord.nextSnowflake();
  discord.attachments.put(id, bytes);
  const attachment = describeFile(`${discord.world.cdn}/${folder}/${id}/${safeName(name)}`, bytes);
  return type === undefined ? attachment : { ...attachment, content_type: type };
}

/** Builds the attachment of a file; `url` ends in the attachment's id and the file name. */
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

/** Replaces characters that Discord does not keep in file names. */
function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "_").replace(/^\.+/, "") || "file";
}
