import type { APIApplicationCommand } from "discord-api-types/v10";
import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from "discord-api-types/v10";
import { channelOrParent, guildOf } from "./channels.ts";
import type { Discord } from "./discord.ts";
import { hasRequiredPermissions, permissionsIn } from "./permissions.ts";

/**
 * Returns the commands that a person can use in a channel. In guilds, `default_member_permissions` decides, for a command with
 * all its subcommands; in direct messages, the command's contexts do. Age-restricted commands need an age-restricted channel,
 * because people have not enabled them in their settings. The app is installed to the guilds that the bot is in, and to no user.
 * @see https://discord.com/developers/docs/interactions/application-commands#contexts
 */
export function usableCommands(
  { world, commands }: Pick<Discord, "world" | "commands">,
  userId: string,
  channelId: string,
): APIApplicationCommand[] {
  const guild = guildOf(world, channelId);
  const ageRestricted = channelOrParent(world, channelId)?.nsfw ?? false;
  const available = commands
    .all()
    .filter((command) => isForGuildInstalls(command) && (ageRestricted || command.nsfw !== true));
  if (!guild) return available.filter(isForDirectMessages);
  if (guild.botJoinedAt === null) return [];
  const permissions = permissionsIn(world, channelId, userId);
  if ((permissions & PermissionFlagsBits.UseApplicationCommands) === 0n) return [];
  return available.filter(
    ({ guild_id, contexts, default_member_permissions: required }) =>
      (guild_id ?? guild.id) === guild.id &&
      (contexts?.includes(InteractionContextType.Guild) ?? true) &&
      hasRequiredPermissions(permissions, required),
  );
}

function isForGuildInstalls({ integration_types: types }: APIApplicationCommand): boolean {
  return types?.includes(ApplicationIntegrationType.GuildInstall) ?? true;
}

/** Whether a command can be used in direct messages. `dm_permission` is the older form of `contexts`. */
function isForDirectMessages({ guild_id, contexts, dm_permission }: APIApplicationCommand): boolean {
  if (guild_id !== undefined) return false;
  return contexts?.includes(InteractionContextType.BotDM) ?? dm_permission !== false;
}
