import { BotAccountPatchRequestSchema } from "discord-api-spec/zod";
import type { Hono } from "hono";
import { invalidForm, notBuilt } from "../errors.ts";
import { currentUser } from "../state/application.ts";
import type { Discord } from "../state/discord.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** @see https://discord.com/developers/docs/resources/user#modify-current-user */
export function currentUserRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  api.get("/users/@me", (c) => c.json(currentUser(world)));
  api.patch("/users/@me", async (c) => {
    const { json } = await requestBody(c);
    const { username, avatar, banner } = validate(
      BotAccountPatchRequestSchema,
      withName(json, world.bot.username),
    );
    if (banner) throw notBuilt("banners");
    discord.changeBot({
      username,
      ...(avatar === undefined ? {} : { avatar: avatar === null ? null : storeAvatar(discord, avatar) }),
    });
    return c.json(currentUser(world));
  });
}

/** Returns a body with the current name if it has none: Discord's published schema requires one, but bots may leave it out. */
function withName(json: unknown, username: string): unknown {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? { username, ...json } : json;
}

/**
 * Stores a picture, and returns its hash. Hashes are ids here.
 * @throws DiscordError 50035 for what is not a data URI of a picture
 * @see https://discord.com/developers/docs/reference#image-data
 */
function storeAvatar({ attachments, nextSnowflake }: Discord, uri: string): string {
  const base64 = /^data:image\/(?:png|jpeg|gif|webp);base64,([\d+/=A-Za-z]+)$/.exec(uri)?.[1];
  if (base64 === undefined) {
    throw invalidForm([{ path: ["avatar"], code: "IMAGE_INVALID", message: "Invalid image data" }]);
  }
  const hash = nextSnowflake();
  attachments.put(hash, Buffer.from(base64, "base64"));
  return hash;
}
