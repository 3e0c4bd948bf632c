import type { Hono } from "hono";
import type { Discord } from "../state/discord.ts";

/** @see https://discord.com/developers/docs/resources/application#get-current-application */
export function applicationRoutes(api: Hono, { world }: Discord): void {
  const application = {
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: "",
    bot_public: true,
    bot_require_code_grant: false,
    flags: 0,
    verify_key: "",
    bot: world.bot,
  };
  api.get("/applications/@me", (c) => c.json(application));
}
