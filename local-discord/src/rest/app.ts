import { Hono } from "hono";
import type { InteractionsEndpoint } from "../endpoint/endpoint.ts";
import type { Discord } from "../state/discord.ts";
import { applicationRoutes } from "./applications.ts";
import { bulkDeleteRoutes } from "./bulk-delete.ts";
import { channelOverwriteRoutes } from "./channel-overwrites.ts";
import { channelRoutes } from "./channels.ts";
import { commandRoutes } from "./commands.ts";
import { currentUserRoutes } from "./current-user.ts";
import { DiscordError, unauthorized } from "../errors.ts";
import { botGatewayRoute, gatewayRoute } from "./gateway.ts";
import { guildBanRoutes } from "./guild-bans.ts";
import { guildChannelRoutes } from "./guild-channels.ts";
import { guildMemberRoutes } from "./guild-members.ts";
import { guildRoleRoutes } from "./guild-roles.ts";
import { guildRoutes } from "./guilds.ts";
import { interactionRoutes } from "./interactions.ts";
import { messageRoutes } from "./messages.ts";
import { notBuiltRoutes } from "./not-built.ts";
import { pinRoutes } from "./pins.ts";
import { channelRateLimit, globalRateLimit } from "./rate-limits.ts";
import { reactionRoutes } from "./reactions.ts";
import { threadListRoutes } from "./thread-lists.ts";
import { threadMemberRoutes } from "./thread-members.ts";
import { threadRoutes } from "./threads.ts";
import { typingRoutes } from "./typing.ts";
import { userRoutes } from "./users.ts";
import { webhookRoutes } from "./webhooks.ts";

export interface RestOptions {
  /** URL of the gateway. */
  gateway: string;
  log: (line: string) => void;
  rateLimits: boolean;
  privilegedIntents: number;
  endpoint: InteractionsEndpoint;
}

/** Serves the part of Discord's REST API that bots with commands, buttons and messages use. */
export function restApi(
  discord: Discord,
  { gateway, log, rateLimits, privilegedIntents, endpoint }: RestOptions,
): Hono {
  const api = new Hono();
  api.onError((error, c) => {
    if (error instanceof DiscordError && error.notBuilt !== undefined)
      discord.notBuilt.add(error.notBuilt, `${c.req.method} ${c.req.path}`);
    if (error instanceof DiscordError) return c.json(error.toJSON(), error.status);
    log(`${c.req.method} ${c.req.path} failed: ${error.stack}`);
    return c.json({ message: "500: Internal Server Error", code: 0 }, 500);
  });
  // Interactions are answered with their own token, and have no rate limits.
  interactionRoutes(api, discord);
  webhookRoutes(api, discord);
  gatewayRoute(api, gateway);

  // https://discord.com/developers/docs/reference#authentication
  api.use(async (c, next) => {
    if (c.req.header("authorization") !== `Bot ${discord.world.botToken}`) throw unauthorized();
    await next();
  });
  if (rateLimits) {
    api.use(globalRateLimit(discord));
    api.use("/channels/:channel/*", channelRateLimit(discord));
  }
  botGatewayRoute(api, gateway);
  currentUserRoutes(api, discord);
  userRoutes(api, discord);
  applicationRoutes(api, discord, { privilegedIntents, endpoint });
  commandRoutes(api, discord, log);
  channelRoutes(api, discord);
  threadRoutes(api, discord);
  threadMemberRoutes(api, discord, privilegedIntents);
  threadListRoutes(api, discord);
  guildChannelRoutes(api, discord);
  channelOverwriteRoutes(api, discord);
  guildRoutes(api, discord);
  guildMemberRoutes(api, discord, privilegedIntents);
  guildRoleRoutes(api, discord);
  guildBanRoutes(api, discord);
  // Before the routes of messages, which would take "pins" for an id.
  pinRoutes(api, discord);
  reactionRoutes(api, discord);
  bulkDeleteRoutes(api, discord);
  typingRoutes(api, discord);
  messageRoutes(api, discord);
  notBuiltRoutes(api);
  return api;
}
