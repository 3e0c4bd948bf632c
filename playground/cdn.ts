import type { Hono } from "hono";
import { getMimeType } from "hono/utils/mime";
import type { Discord } from "./state/discord.ts";

/** By avatar hash, which here is the person's name; the bot's is "bot" and has no sauce. */
const sauces = new Map([
  ["ketchup", "#d3392c"],
  ["mustard", "#e0a526"],
  ["relish", "#5a9a3c"],
]);

/** Attachments and avatars: https://discord.com/developers/docs/reference#image-formatting */
export function cdnRoutes(app: Hono, { attachments }: Discord): void {
  // Files of a command's options lie apart, as on Discord.
  app.get("/:kind{attachments|ephemeral-attachments}/:owner/:id/:name", (c) => {
    const { id, name } = c.req.param();
    const bytes = attachments.get(id);
    if (!bytes) return c.notFound();
    return c.body(bytes, 200, {
      "content-type": getMimeType(name) ?? "application/octet-stream",
      // Anyone may upload anything; on the page's own origin it must not run.
      "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
    });
  });
  // Whatever extension is asked for, it is a drawing.
  app.get("/avatars/:user/:file", (c) => {
    const [hash = ""] = c.req.param("file").split(".");
    const svg = avatar(sauces.get(hash) ?? "#5865f2");
    return c.body(svg, 200, { "content-type": "image/svg+xml", "x-content-type-options": "nosniff" });
  });
}

/** A hot dog with the person's sauce on it. */
function avatar(sauce: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="${sauce}"/><g transform="rotate(-35 32 32)"><rect x="10" y="20" width="44" height="24" rx="12" fill="#f0c27b"/><rect x="6" y="25" width="52" height="14" rx="7" fill="#a8452c"/><path d="M13 32q4-6 8 0t8 0 8 0 8 0 7 0" fill="none" stroke="${sauce}" stroke-width="4" stroke-linecap="round"/></g></svg>`;
}
