import type { APIUser } from "discord-api-types/v10";
import { ChannelType } from "discord-api-types/v10";
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { ClientNewThread, ClientPerson, ClientThreadEdit } from "../client-protocol.ts";
import { requestBody } from "../rest/request-body.ts";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { addThreadMember, removeThreadMember } from "../threads/thread-members.ts";
import { changeThread, findThread, startPost, startThread } from "../users/threads.ts";

const newThread: z.ZodType<ClientNewThread> = z.object({
  user_id: z.string(),
  name: z.string(),
  message_id: z.string().exactOptional(),
  private: z.boolean().exactOptional(),
  content: z.string().max(2000).exactOptional(),
});
const threadEdit: z.ZodType<ClientThreadEdit> = z.object({
  user_id: z.string(),
  name: z.string().exactOptional(),
  archived: z.boolean().exactOptional(),
  locked: z.boolean().exactOptional(),
  invitable: z.boolean().exactOptional(),
});
const threadMember: z.ZodType<ClientPerson> = z.object({ user_id: z.string() });

/** Serves the page's requests about threads. */
export function clientThreadRoutes(
  client: Hono,
  discord: Discord,
  userOf: (discord: Discord, id: string) => APIUser,
): void {
  client.post("/channels/:channel/threads", async (c) => {
    const { json, files } = await requestBody(c);
    const { user_id, name, content = "", message_id: messageId, private: isPrivate } = newThread.parse(json);
    const user = userOf(discord, user_id);
    const channelId = c.req.param("channel");
    const inForum = channel(discord.world, channelId)?.type === ChannelType.GuildForum;
    if (inForum) return c.json(startPost(discord, user, { channelId, name, content, files }));
    return c.json(startThread(discord, user, { channelId, name, messageId, isPrivate }));
  });
  client.patch("/channels/:thread", async (c) => {
    const { user_id, ...changes } = threadEdit.parse((await requestBody(c)).json);
    const threadId = c.req.param("thread");
    changeThread(discord, userOf(discord, user_id), { threadId, changes });
    return c.json(channel(discord.world, threadId));
  });

  /** Reads who changes whose membership of which thread. */
  async function membership(c: Context) {
    const by = userOf(discord, threadMember.parse((await requestBody(c)).json).user_id);
    const thread = findThread(discord, by, c.req.param("thread") ?? "");
    return { by, thread, userId: c.req.param("user") ?? "" };
  }
  const member = "/channels/:thread/thread-members/:user";
  client.put(member, async (c) => {
    addThreadMember(discord, await membership(c));
    return c.body(null, 204);
  });
  client.delete(member, async (c) => {
    removeThreadMember(discord, await membership(c));
    return c.body(null, 204);
  });
}
