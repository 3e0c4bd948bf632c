import type { APIUser } from "discord-api-types/v10";
import { OverwriteType } from "discord-api-types/v10";
import { type Channel, type Guild, type Overwrite, PLAIN_ROLE, type Role, unchangedGuild } from "./guild.ts";
import { snowflakeTime } from "./snowflake.ts";
import type { CheckedWorld } from "./world-description.ts";
import type { WorldIds } from "./world-ids.ts";

type DescribedGuild = CheckedWorld["guilds"][number];
type DescribedChannel = DescribedGuild["channels"][number];

interface Surroundings {
  ids: WorldIds;
  /** Path of the guild in the description, as in "guilds/0". */
  path: string;
  /** Returns the person with a name; without a name, the first one. */
  byName: (name?: string) => APIUser;
  bot: { id: string; name: string };
}

/** Builds a guild of a description. */
export function describedGuild(
  { name, owner, locale, roles, channels, bot: membership, id: chosenId }: DescribedGuild,
  { ids, path, byName, bot }: Surroundings,
): Guild {
  const id = chosenId ?? ids.id(path);
  const roleId = (role: { name: string; id?: string | undefined }) =>
    role.id ?? ids.id(`${path}/roles/${role.name}`);
  const channelId = (channel: { name: string; id?: string | undefined }) =>
    channel.id ?? ids.id(`${path}/channels/${channel.name}`);
  const ofPeople = roles.map((role): Role => ({
    id: roleId(role),
    name: role.name,
    ...PLAIN_ROLE,
    permissions: role.permissions,
    color: role.color,
    hoist: role.hoist,
    memberIds: role.members.map((member) => byName(member).id),
    managed: false,
  }));
  const managed = (permissions: bigint): Role => ({
    id: ids.id(`${path}/bot-role`),
    name: bot.name,
    ...PLAIN_ROLE,
    permissions,
    memberIds: [bot.id],
    managed: true,
  });
  const categoryId = (category: string | undefined) => {
    const found = channels.find((one) => one.name === category);
    return found ? channelId(found) : null;
  };
  const overwrite = ({
    role: roleName,
    member,
    allow,
    deny,
  }: DescribedChannel["overwrites"][number]): Overwrite => {
    const role = roles.find((one) => one.name === roleName);
    const userId = member === bot.name ? bot.id : byName(member).id;
    if (member !== undefined) return { id: userId, type: OverwriteType.Member, allow, deny };
    return { id: role ? roleId(role) : id, type: OverwriteType.Role, allow, deny };
  };
  return {
    ...unchangedGuild(),
    id,
    name,
    preferredLocale: locale,
    ownerId: byName(owner).id,
    roles: typeof membership === "bigint" ? [...ofPeople, managed(membership)] : ofPeople,
    channels: channels.map((channel, position): Channel => ({
      id: channelId(channel),
      name: channel.name,
      type: channel.type,
      nsfw: channel.nsfw,
      position,
      topic: channel.topic ?? null,
      parentId: categoryId(channel.category),
      rateLimitPerUser: channel.slowMode,
      overwrites: channel.overwrites.map(overwrite),
    })),
    botJoinedAt: membership === false ? null : snowflakeTime(id),
  };
}
