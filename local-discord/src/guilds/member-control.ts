import type { APIUser } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import type { Guild, Role } from "../state/guild.ts";
import { isGuildMember } from "../state/members.ts";
import { people } from "../state/world.ts";
import { addMember, ban, changeMember, removeMember, unban } from "./members.ts";
import { addRole, changeRole, removeRole, type RoleSettings } from "./roles.ts";

/** The guild of a change; default: the first guild. */
interface InGuild {
  guildId?: string;
}

interface MemberEdit extends InGuild {
  /** null removes it. */
  nick?: string | null;
  /** Ids of all roles of the member. */
  roles?: readonly string[];
  /** Milliseconds from now for which the person can only read; 0 ends a timeout. Owners and administrators notice nothing. */
  timeout?: number;
}

/** Lets a test change the members and roles of guilds, as people with all permissions do. The bot and the pages get the events. */
export interface MemberControl {
  /**
   * Lets a person join a guild again.
   * @param userId id of a person, as in discord.user("relish").id
   * @throws Error for an unknown person or guild, and for one who is a member or banned
   */
  addMember(userId: string, options?: InGuild): void;
  /**
   * Removes a person from a guild, as if they left it.
   * @throws Error for an unknown person or guild, and for one who is no member
   */
  removeMember(userId: string, options?: InGuild): void;
  /** @throws Error for an unknown person, guild or role, and for one who is no member; the bot can be changed too */
  editMember(userId: string, changes: MemberEdit): void;
  /** @throws Error for an unknown person or guild */
  ban(userId: string, options?: InGuild & { reason?: string }): void;
  /** @throws Error for an unknown person or guild, and for one who is not banned */
  unban(userId: string, options?: InGuild): void;
  /**
   * Creates a role above @everyone and below all others; returns its id.
   * @param role permissions are bits of PermissionFlagsBits; default: those of @everyone
   * @throws Error for an unknown guild
   */
  createRole(role: RoleSettings & InGuild): string;
  /**
   * Changes a role. The id of a guild is that of its role @everyone, of which only permissions change.
   * @throws Error for an unknown role
   */
  editRole(roleId: string, changes: RoleSettings): void;
  /** @throws Error for an unknown role, and for @everyone */
  deleteRole(roleId: string): void;
}

export function memberControl(discord: Discord): MemberControl {
  const { world } = discord;
  function guildWith({ guildId = world.guilds[0].id }: InGuild = {}): Guild {
    const found = world.guilds.find(({ id }) => id === guildId);
    if (!found) throw new Error(`There is no guild ${guildId}.`);
    return found;
  }
  function who(userId: string, options?: InGuild): { guild: Guild; user: APIUser } {
    const user = people(world).find(({ id }) => id === userId);
    if (!user) throw new Error(`There is no person ${userId}.`);
    return { guild: guildWith(options), user };
  }
  function assertMembership({ guild, user }: { guild: Guild; user: APIUser }, expected: boolean): void {
    if (isGuildMember(world, guild, user.id) === expected) return;
    throw new Error(`${user.username} is ${expected ? "no" : "already a"} member of the guild ${guild.id}.`);
  }
  function rolePlace(roleId: string): { guild: Guild; role: Role | undefined } {
    const guild = world.guilds.find(
      ({ id, roles }) => id === roleId || roles.some((role) => role.id === roleId),
    );
    if (!guild) throw new Error(`There is no role ${roleId}.`);
    return { guild, role: guild.roles.find(({ id }) => id === roleId) };
  }
  return {
    addMember(userId, options) {
      const one = who(userId, options);
      assertMembership(one, false);
      if (one.guild.bans.some((other) => other.userId === userId))
        throw new Error(`${one.user.username} is banned from the guild ${one.guild.id}.`);
      addMember(discord, one);
    },
    removeMember(userId, options) {
      const one = who(userId, options);
      assertMembership(one, true);
      removeMember(discord, one);
    },
    editMember(userId, { guildId, nick, roles, timeout }) {
      const place = guildId === undefined ? {} : { guildId };
      const one = userId === world.bot.id ? { guild: guildWith(place), user: world.bot } : who(userId, place);
      assertMembership(one, true);
      const chosen = roles?.map((id) => {
        const role = one.guild.roles.find((other) => other.id === id);
        if (!role) throw new Error(`The guild ${one.guild.id} has no role ${id}.`);
        return role;
      });
      changeMember(discord, one, {
        ...(nick === undefined ? {} : { nick }),
        ...(chosen === undefined ? {} : { roles: chosen }),
        ...(timeout === undefined ? {} : { timedOutUntil: timeout > 0 ? discord.now() + timeout : null }),
      });
    },
    ban: (userId, options) =>
      ban(discord, who(userId, options), { reason: options?.reason ?? null, seconds: 0 }),
    unban(userId, options) {
      const one = who(userId, options);
      if (!one.guild.bans.some((other) => other.userId === userId))
        throw new Error(`${one.user.username} is not banned from the guild ${one.guild.id}.`);
      unban(discord, one);
    },
    createRole: ({ guildId, ...settings }) =>
      addRole(discord, guildWith(guildId === undefined ? {} : { guildId }), settings).id,
    editRole: (roleId, changes) => changeRole(discord, rolePlace(roleId).guild, roleId, changes),
    deleteRole(roleId) {
      const { guild, role } = rolePlace(roleId);
      if (!role) throw new Error("The role @everyone cannot be deleted.");
      removeRole(discord, guild, role);
    },
  };
}
