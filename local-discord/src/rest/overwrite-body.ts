import type { ChannelPermissionOverwriteRequestSchema } from "discord-api-spec/zod";
import { OverwriteType } from "discord-api-types/v10";
import type { z } from "zod/mini";
import { unknownOverwrite } from "../errors.ts";
import type { Guild, Overwrite } from "../state/guild.ts";

type Body = z.infer<typeof ChannelPermissionOverwriteRequestSchema>;

/** Returns the overwrites of a body. Later ones for the same role or member count. */
export function chosenOverwrites(guild: Guild, bodies: readonly Body[]): Overwrite[] {
  return [...new Map(bodies.map((body) => [body.id, chosenOverwrite(guild, body)])).values()];
}

/**
 * Returns the overwrite of a body. Without a type, the id decides.
 * @throws DiscordError 10009 for a role that the guild does not have
 */
export function chosenOverwrite(guild: Guild, { id, type, allow, deny }: Body): Overwrite {
  const isRole = id === guild.id || guild.roles.some((role) => role.id === id);
  const kind = type ?? (isRole ? OverwriteType.Role : OverwriteType.Member);
  if ((kind === OverwriteType.Role) !== isRole) throw unknownOverwrite();
  return { id, type: kind, allow: BigInt(allow ?? 0), deny: BigInt(deny ?? 0) };
}
