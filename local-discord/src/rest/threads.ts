import {
  CreateForumThreadRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
  UpdateThreadRequestPartialSchema,
} from "discord-api-spec/zod";
import { ChannelType } from "discord-api-types/v10";
import type { Hono } from "hono";
import { missingPermissions } from "../errors.ts";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { createPost } from "../threads/create-post.ts";
import { createThread, createThreadFrom } from "../threads/create-thread.ts";
import { editThread } from "../threads/edit-thread.ts";
import { removeThread } from "../threads/remove-thread.ts";
import { managesThreads } from "../threads/thread-rules.ts";
import { messageIn } from "./messages.ts";
import { type RequestBody, requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** @see https://discord.com/developers/docs/resources/channel#start-thread-from-message */
export function threadRoutes(api: Hono, discord: Discord): void {
  const { bot, threads } = discord.world;

  api.post("/channels/:channel/messages/:id/threads", async (c) => {
    const { json } = await requestBody(c);
    const settings = validate(CreateTextThreadWithMessageRequestSchema, json);
    const message = messageIn(discord, c.req.param("channel"), c.req.param("id"));
    return c.json(createThreadFrom(discord, bot, { message, settings }), 201);
  });
  api.post("/channels/:channel/threads", async (c) => {
    const channelId = c.req.param("channel");
    const body = await requestBody(c);
    const inForum = channel(discord.world, channelId)?.type === ChannelType.GuildForum;
    if (inForum) return c.json(post(discord, channelId, body), 201);
    const settings = validate(CreateTextThreadWithoutMessageRequestSchema, body.json);
    return c.json(createThread(discord, bot, { channelId, settings }), 201);
  });
  // Other channels are changed and deleted elsewhere.
  api.patch("/channels/:channel", async (c, next) => {
    const id = c.req.param("channel");
    const thread = threads.get(id);
    if (!thread) return next();
    const { json } = await requestBody(c);
    editThread(discord, bot, { thread, changes: validate(UpdateThreadRequestPartialSchema, json) });
    return c.json(channel(discord.world, id));
  });
  api.delete("/channels/:channel", (c, next) => {
    const id = c.req.param("channel");
    const deleted = channel(discord.world, id);
    if (!threads.has(id)) return next();
    if (!managesThreads(discord.world, bot.id, id)) throw missingPermissions();
    removeThread(discord, id);
    return Promise.resolve(c.json(deleted));
  });
}

function post(discord: Discord, channelId: string, { json, files }: RequestBody) {
  const { message: body, applied_tags: tags, ...settings } = validate(CreateForumThreadRequestSchema, json);
  const { bot } = discord.world;
  const { thread, message } = createPost(discord, bot, { channelId, settings, tags, body, files });
  return { ...thread, message };
}
