import type { APIAttachment, RESTAPIAttachment } from "discord-api-types/v10";
import { getMimeType } from "hono/utils/mime";
import type { Discord } from "../state/discord.ts";

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
  return uploads.map((upload) => {
    const description = described.find(({ id }) => String(id) === upload.index);
    const id = discord.nextSnowflake();
    discord.attachments.put(id, upload.bytes);
    const filename = safeName(description?.filename ?? upload.name);
    // The name decides, whatever type the client claims.
    const contentType = getMimeType(filename);
    const url = `${discord.world.cdn}/attachments/${channelId}/${id}/${filename}`;
    return {
      id,
      filename,
      size: upload.bytes.length,
      url,
      proxy_url: url,
      ...(contentType ? { content_type: contentType } : {}),
      ...(description?.description ? { description: description.description } : {}),
    };
  });
}

/** Discord too leaves only such characters in a file name. */
function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "_").replace(/^\.+/, "") || "file";
}
