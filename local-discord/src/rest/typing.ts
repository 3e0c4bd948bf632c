import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Hono } from "hono";
import { missingPermissions } from "../errors.ts";
import type { Discord } from "../state/discord.ts";
import { botHasPermission } from "../state/permissions.ts";
import { assertCanPost } from "../threads/thread-rules.ts";

const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;

/** @see https://discord.com/developers/docs/resources/channel#trigger-typing-indicator */
export function typingRoutes(api: Hono, { world, typing }: Discord): void {
  api.post("/channels/:channel/typing", (c) => {
    const channelId = c.req.param("channel");
    const needed = world.threads.has(channelId) ? SendMessagesInThreads : SendMessages;
    if (!botHasPermission(world, channelId, needed)) throw missingPermissions();
    assertCanPost(world, { authorId: world.bot.id, channelId, answers: false });
    typing.start(channelId, world.bot);
    return c.body(null, 204);
  });
}
