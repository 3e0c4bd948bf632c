import { ApplicationFlags, GatewayIntentBits } from "discord-api-types/v10";
import type { World } from "./world.ts";

const { GuildMembers, GuildPresences, MessageContent } = GatewayIntentBits;

/**
 * Returns the bot's user as the bot itself gets it.
 * @see https://discord.com/developers/docs/resources/user#user-object
 */
export function currentUser({ bot }: World) {
  return { ...bot, verified: true, mfa_enabled: false, email: null, flags: 0, public_flags: 0, bio: "" };
}

/**
 * Returns the flags that the application has for its privileged intents in fewer than 100 guilds.
 * @see https://discord.com/developers/docs/resources/application#application-object-application-flags
 */
export function applicationFlags(privilegedIntents: number): ApplicationFlags {
  const has = (intent: number, flag: ApplicationFlags) => ((privilegedIntents & intent) === 0 ? 0 : flag);
  return (
    has(GuildPresences, ApplicationFlags.GatewayPresenceLimited) |
    has(GuildMembers, ApplicationFlags.GatewayGuildMembersLimited) |
    has(MessageContent, ApplicationFlags.GatewayMessageContentLimited)
  );
}
