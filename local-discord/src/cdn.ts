import type { Hono } from "hono";
import { getMimeType } from "hono/utils/mime";
import type { Discord } from "./state/discord.ts";
import { avatarHash } from "./state/world.ts";

/** Background colors of avatars by the person's name. Others, and the bot, have the default color. */
const COLORS = { ketchup: "#d3392c", mustard: "#e0a526", relish: "#5a9a3c" };

/** The same by avatar hash. Messages that an earlier version has stored have the name as the hash. */
const colors = new Map(
  Object.entries(COLORS).flatMap(([name, color]) => [
    [avatarHash(name), color],
    [name, color],
  ]),
);

/**
 * Serves attachments and avatars.
 * @see https://discord.com/developers/docs/reference#image-formatting
 */
export function cdnRoutes(app: Hono, { attachments }: Discord): void {
  // Files of command options have a path of their own, as on Discord.
  app.get("/:kind{attachments|ephemeral-attachments}/:owner/:id/:name", (c) => {
    const { id, name } = c.req.param();
    const bytes = attachments.get(id);
    if (!bytes) return c.notFound();
    return c.body(bytes, 200, {
      "content-type": getMimeType(name) ?? "application/octet-stream",
      // A file can be any script, and must not run on the page's origin.
      "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
    });
  });
  // The response is the stored picture or an SVG, whatever extension is requested.
  app.get("/avatars/:user/:file", (c) => {
    const [hash = ""] = c.req.param("file").split(".");
    const picture = attachments.get(hash);
    if (picture) {
      const type = pictureType(picture) ?? "application/octet-stream";
      return c.body(picture, 200, { "content-type": type, "x-content-type-options": "nosniff" });
    }
    const svg = avatar(colors.get(hash) ?? "#5865f2");
    return c.body(svg, 200, { "content-type": "image/svg+xml", "x-content-type-options": "nosniff" });
  });
}

/** First bytes of pictures, in Latin-1, and their types. */
const SIGNATURES = [
  [/^\x89PNG/, "image/png"],
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^GIF8/, "image/gif"],
  [/^RIFF.{4}WEBP/s, "image/webp"],
] as const;

/** Returns the type of a picture by its first bytes; undefined for any other file. */
function pictureType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return SIGNATURES.find(([signature]) => signature.test(start))?.[1];
}

/** Draws a head and shoulders on a background of this color. */
function avatar(color: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" fill="#ffffffd9"><rect width="64" height="64" fill="${color}"/><circle cx="32" cy="25" r="11"/><path d="M12 60a20 20 0 0 1 40 0z"/></svg>`;
}
