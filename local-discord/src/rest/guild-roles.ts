import {
  CreateRoleRequestSchema,
  UpdateRolePositionsRequestSchema,
  UpdateRoleRequestPartialSchema,
} from "discord-api-spec/zod";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Context, Hono } from "hono";
import { z } from "zod/mini";
import { invalidRole, needsBoosts, notBuilt, tooManyRoles, unknownRole } from "../errors.ts";
import { assertBotMay, assertMayGrant, assignableRole, manageableRole } from "../guilds/hierarchy.ts";
import { addRole, changeRole, moveRoles, removeRole, type RoleSettings } from "../guilds/roles.ts";
import type { Discord } from "../state/discord.ts";
import type { Guild } from "../state/guild.ts";
import { rolesOf } from "../state/guild-payload.ts";
import { botGuild } from "./bot-guild.ts";
import { bitsAsNumbers } from "./permission-bits.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const MAX_ROLES = 250;

/** @see https://discord.com/developers/docs/resources/guild#get-guild-roles */
export function guildRoleRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const path = "/guilds/:guild/roles";
  /** @throws DiscordError 50013 without Manage Roles */
  function managedGuild(c: Context): Guild {
    const guild = botGuild(world, c.req.param("guild") ?? "");
    assertBotMay(world, guild, PermissionFlagsBits.ManageRoles);
    return guild;
  }
  api.get(path, (c) => c.json(rolesOf(botGuild(world, c.req.param("guild")))));
  api.get(`${path}/member-counts`, (c) => {
    const { roles } = botGuild(world, c.req.param("guild"));
    return c.json(Object.fromEntries(roles.map(({ id, memberIds }) => [id, memberIds.length])));
  });
  api.get(`${path}/:role`, (c) =>
    c.json(described(botGuild(world, c.req.param("guild")), c.req.param("role"))),
  );
  api.post(path, async (c) => {
    const guild = managedGuild(c);
    const settings = roleSettings(validate(CreateRoleRequestSchema, await roleBody(c)));
    assertMayGrant(world, guild, settings.permissions ?? 0n);
    if (rolesOf(guild).length >= MAX_ROLES) throw tooManyRoles();
    return c.json(described(guild, addRole(discord, guild, settings).id));
  });
  api.patch(path, async (c) => {
    const guild = managedGuild(c);
    const body = validate(z.array(UpdateRolePositionsRequestSchema), (await requestBody(c)).json);
    const moves = body.flatMap(({ id, position }) => {
      if (!id || typeof position !== "number" || id === guild.id) return [];
      return [[manageableRole(world, guild, id), position] as const];
    });
    moveRoles(discord, guild, new Map(moves));
    return c.json(rolesOf(guild));
  });
  api.patch(`${path}/:role`, async (c) => {
    const guild = managedGuild(c);
    const id = c.req.param("role");
    const role = id === guild.id ? undefined : manageableRole(world, guild, id);
    const settings = roleSettings(validate(UpdateRoleRequestPartialSchema, await roleBody(c)));
    const before = role?.permissions ?? guild.everyonePermissions;
    assertMayGrant(world, guild, (settings.permissions ?? before) & ~before);
    const { permissions: _, ...others } = settings;
    if (!role && Object.keys(others).length > 0) throw invalidRole();
    changeRole(discord, guild, id, settings);
    return c.json(described(guild, id));
  });
  api.delete(`${path}/:role`, (c) => {
    const guild = managedGuild(c);
    removeRole(discord, guild, assignableRole(world, guild, c.req.param("role")));
    return c.body(null, 204);
  });
}

/** @throws DiscordError 10011 */
function described(guild: Guild, roleId: string) {
  const role = rolesOf(guild).find(({ id }) => id === roleId);
  if (!role) throw unknownRole();
  return role;
}

async function roleBody(c: Context): Promise<unknown> {
  const { json } = await requestBody(c);
  return bitsAsNumbers.safeParse(json).data ?? json;
}

/**
 * Returns what a body says about a role.
 * @throws DiscordError 50101 for icons, which need boosts; 404 for gradients
 */
function roleSettings(body: z.infer<typeof CreateRoleRequestSchema>): RoleSettings {
  const { name, permissions, color, colors, hoist, mentionable, icon, unicode_emoji: emoji } = body;
  if (icon || emoji) throw needsBoosts();
  if (colors?.secondary_color || colors?.tertiary_color) throw notBuilt("roles with several colors");
  const rgb = colors?.primary_color ?? color;
  return {
    ...(name ? { name } : {}),
    ...(typeof permissions === "number" ? { permissions: BigInt(permissions) } : {}),
    ...(typeof rgb === "number" ? { color: rgb } : {}),
    ...(typeof hoist === "boolean" ? { hoist } : {}),
    ...(typeof mentionable === "boolean" ? { mentionable } : {}),
  };
}
