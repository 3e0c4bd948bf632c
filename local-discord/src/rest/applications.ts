import type { Hono } from "hono";
import { applicationFlags } from "../state/application.ts";
import type { Discord } from "../state/discord.ts";
import { botGuilds } from "../state/world.ts";

/**
 * The application is private: only its owner can add it to a guild.
 * @see https://discord.com/developers/docs/resources/application#get-current-application
 */
export function applicationRoutes(api: Hono, { world }: Discord, privilegedIntents: number): void {
  const flags = applicationFlags(privilegedIntents);
  const application = {
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: "",
    bot_public: false,
    bot_require_code_grant: false,
    summary: "",
    owner: world.owner,
    team: null,
    flags,
    flags_new: String(flags),
    verify_key: "",
    bot: world.bot,
  };
  api.get("/applications/@me", (c) =>
    c.json({ ...application, approximate_guild_count: botGuilds(world).length }),
  );
  // https://discord.com/developers/docs/topics/oauth2#get-current-bot-application-information
  api.get("/oauth2/applications/@me", (c) => c.json(application));
}
