import type { APIApplicationCommand } from "discord-api-types/v10";
import { InteractionContextType } from "discord-api-types/v10";
import { guildOf } from "./channels.ts";
import type { Discord } from "./discord.ts";
import { hasRequiredPermissions, permissionsOf } from "./permissions.ts";

/**
 * Returns the commands that a person can use in a channel. In guilds, `default_member_permissions` decides; in direct messages,
 * the command's contexts do.
 * @see https://discord.com/developers/docs/interactions/application-commands#contexts
 */
export function usableCommands(
  { world, commands }: Pick<Discord, "world" | "commands">,
  userId: string,
  channelId: string,
): APIApplicationCommand[] {
  const guild = guildOf(world, channelId);
  if (!guild) return commands.all().filter(isForDirectMessages);
  const permissions = permissionsOf(guild, userId);
  return commands
    .all()
    .filter(
      ({ guild_id, contexts, default_member_permissions: required }) =>
        (guild_id ?? guild.id) === guild.id &&
        (contexts?.includes(InteractionContextType.Guild) ?? true) &&
        hasRequiredPermissions(permissions, required),
    );
}

/** Whether a command can be used in direct messages. `dm_permission` is the older form of `contexts`. */
function isForDirectMessages({ guild_id, contexts, dm_permission }: APIApplicationCommand): boolean {
  if (guild_id !== undefined) return false;
  return contexts?.includes(InteractionContextType.BotDM) ?? dm_permission !== false;
}
