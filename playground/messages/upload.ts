import type { APIAttachment, RESTAPIAttachment } from "discord-api-types/v10";
import { getMimeType } from "hono/utils/mime";
import type { Discord } from "../state/discord.ts";
import { imageSize } from "./image-size.ts";

/** A file that came with a request, as `files[index]`. */
export interface Upload {
  index: string;
  name: string;
  bytes: Uint8Array;
}

/** Keeps the files and describes them as attachments; `described` are the body's `attachments`. */
export function storeUploads(
  discord: Discord,
  channelId: string,
  uploads: Upload[],
  described: RESTAPIAttachment[],
): APIAttachment[] {
  return uploads.map(({ index, name, bytes }) => {
    const { filename, description } = described.find(({ id }) => String(id) === index) ?? {};
    const id = discord.nextSnowflake();
    discord.attachments.put(id, bytes);
    const path = `/attachments/${channelId}/${id}/${safeName(filename ?? name)}`;
    const attachment = describeFile(discord.world.cdn + path, bytes);
    return description ? { ...attachment, description } : attachment;
  });
}

/** `url` ends in the attachment's id and its file name. */
export function describeFile(url: string, bytes: Uint8Array): APIAttachment {
  const [filename = "", id = ""] = url.split("/").toReversed();
  // The name decides, whatever type the client claims.
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
