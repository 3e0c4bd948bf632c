import type { APIUser } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Context } from "hono";
import { z } from "zod/mini";
import { invalidForm, invalidRole, missingPermissions, notBuilt, notInVoice } from "../errors.ts";
import {
  assertBotMay,
  assertOutranks,
  assignableRole,
  isAdministrator,
  manageableRole,
} from "../guilds/hierarchy.ts";
import type { MemberChanges } from "../guilds/members.ts";
import type { Guild, Role } from "../state/guild.ts";
import type { World } from "../state/world.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const { ChangeNickname, ManageNicknames, ManageRoles, ModerateMembers } = PermissionFlagsBits;

const MAX_TIMEOUT_MS = 28 * 24 * 60 * 60_000;

const nick = z.nullish(z.string().check(z.maxLength(32)));
// Discord publishes no schema for these.
const ownBody = z.object({ nick });
const memberBody = z.object({
  nick,
  roles: z.nullish(z.array(z.string()).check(z.maxLength(250))),
  communication_disabled_until: z.nullish(z.string().check(z.iso.datetime({ offset: true }))),
  mute: z.nullish(z.boolean()),
  deaf: z.nullish(z.boolean()),
  channel_id: z.nullish(z.string()),
  flags: z.nullish(z.number()),
});

/**
 * Reads how the bot changes itself.
 * @throws DiscordError 50013 without Change Nickname; 50035
 * @see https://discord.com/developers/docs/resources/guild#modify-current-member
 */
export async function ownChanges(c: Context, world: World, guild: Guild): Promise<MemberChanges> {
  const body = validate(ownBody, (await requestBody(c)).json);
  if (body.nick === undefined) return {};
  assertBotMay(world, guild, ChangeNickname);
  return { nick: storedNick(body.nick) };
}

/**
 * Reads how the bot changes a member.
 * @throws DiscordError 50013 without the permission for one of the changes, or for a member with a role that is not lower; 10011,
 *   50028, 40032 or 50035
 * @see https://discord.com/developers/docs/resources/guild#modify-guild-member
 */
export async function memberChanges(
  c: Context,
  world: World,
  { guild, user }: { guild: Guild; user: APIUser },
): Promise<MemberChanges> {
  const body = validate(memberBody, (await requestBody(c)).json);
  const { nick: name, roles, communication_disabled_until: until, flags, ...voice } = body;
  if (Object.values(voice).some((value) => value !== undefined)) throw notInVoice();
  if (flags !== undefined) throw notBuilt("flags of members");
  const isSelf = user.id === world.bot.id;
  if (name !== undefined) {
    assertBotMay(world, guild, ManageNicknames);
    if (!isSelf) assertOutranks(world, guild, user.id);
  }
  if (roles) assertBotMay(world, guild, ManageRoles);
  if (until !== undefined) {
    assertBotMay(world, guild, ModerateMembers);
    assertOutranks(world, guild, user.id);
    if (until !== null && isAdministrator(world, guild, user.id)) throw missingPermissions();
  }
  return {
    ...(name === undefined ? {} : { nick: storedNick(name) }),
    ...(roles ? { roles: chosenRoles(world, { guild, user }, roles) } : {}),
    ...(until === undefined ? {} : { timedOutUntil: timeoutEnd(until, world.now()) }),
  };
}

/** Returns a nickname as Discord stores it; an empty one removes it. */
function storedNick(name: string | null): string | null {
  const trimmed = name?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

/** Returns the roles of a list. Those that the member gains or loses must be below the bot's highest role. */
function chosenRoles(
  world: World,
  { guild, user }: { guild: Guild; user: APIUser },
  ids: readonly string[],
): Role[] {
  const chosen = ids.map((id) => {
    const role = guild.roles.find((one) => one.id === id);
    return role?.memberIds.includes(user.id) ? role : assignableRole(world, guild, id);
  });
  for (const role of guild.roles.filter((one) => one.memberIds.includes(user.id))) {
    if (chosen.includes(role)) continue;
    if (role.managed) throw invalidRole();
    manageableRole(world, guild, role.id);
  }
  return chosen;
}

/** Returns the end of a timeout in milliseconds since 1970; null for one that is over. */
function timeoutEnd(until: string | null, now: number): number | null {
  const end = until === null ? 0 : Date.parse(until);
  if (end <= now) return null;
  if (end - now <= MAX_TIMEOUT_MS) return end;
  const message = "A timeout ends within 28 days.";
  throw invalidForm([
    { path: ["communication_disabled_until"], code: "INVALID_COMMUNICATION_DISABLED_TIMESTAMP", message },
  ]);
}
