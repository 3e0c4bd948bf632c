import type { UpdateGuildChannelRequestPartialSchema } from "discord-api-spec/zod";
import { ChannelType } from "discord-api-types/v10";
import { z } from "zod";
import { badName, invalidForm, notBuilt } from "../errors.ts";
import type { ChannelSettings } from "../guilds/channels.ts";
import type { Channel, Guild } from "../state/guild.ts";
import { bitsAsNumbers } from "./permission-bits.ts";
import { chosenOverwrites } from "./overwrite-body.ts";

const { GuildCategory, GuildForum, GuildText } = ChannelType;

/** Discord's schema has 4,096, the limit of forums. */
const MAX_TEXT_TOPIC_LENGTH = 1_024;
const MAX_CHANNELS_IN_CATEGORY = 50;

type Body = z.infer<typeof UpdateGuildChannelRequestPartialSchema>;

const withOverwrites = z.looseObject({ permission_overwrites: z.array(bitsAsNumbers).nullish() });

/** Returns a body with the permissions of overwrites as numbers. */
export function channelJson(json: unknown): unknown {
  const { data } = withOverwrites.safeParse(json);
  return data ?? json;
}

/**
 * Returns the type of a new channel.
 * @throws DiscordError 404 for types that are not built
 */
export function typeOfNew({ type }: Pick<Body, "type">): Channel["type"] {
  const kind = type ?? GuildText;
  if (kind === GuildText || kind === GuildCategory || kind === GuildForum) return kind;
  throw notBuilt(`channels of type ${kind} (${ChannelType[kind]})`);
}

/**
 * Returns what a body says about a new channel, or changes of one that exists.
 * @param channel its type, and its category if it has one
 * @throws DiscordError 404 for fields that are not built; 50035 for a name of spaces, a long topic and an invalid category
 */
export function channelSettings(
  guild: Guild,
  channel: Pick<Channel, "type"> & Partial<Channel>,
  body: Body,
): ChannelSettings {
  const {
    name,
    type,
    nsfw,
    topic,
    position,
    parent_id,
    rate_limit_per_user,
    permission_overwrites,
    ...others
  } = body;
  if (type !== undefined && type !== null && type !== channel.type)
    throw notBuilt("changes of a channel's type");
  const [field] = Object.entries(others).find(([, value]) => value !== undefined && value !== null) ?? [];
  if (field !== undefined) throw notBuilt(`the field ${field} of channels`);
  if (name?.trim() === "") throw badName();
  if (channel.type === GuildText && topic && topic.length > MAX_TEXT_TOPIC_LENGTH) {
    const message = `Must be ${MAX_TEXT_TOPIC_LENGTH} or fewer in length.`;
    throw invalidForm([{ path: ["topic"], code: "BASE_TYPE_MAX_LENGTH", message }]);
  }
  if (parent_id && parent_id !== channel.parentId) assertCategory(guild, channel, parent_id);
  const isCategory = channel.type === GuildCategory;
  return {
    ...(name === undefined ? {} : { name }),
    ...(typeof nsfw === "boolean" ? { nsfw } : {}),
    ...(topic === undefined || isCategory ? {} : { topic: topic === "" ? null : topic }),
    ...(typeof position === "number" ? { position } : {}),
    ...(parent_id === undefined ? {} : { parentId: parent_id }),
    ...(typeof rate_limit_per_user === "number" && !isCategory
      ? { rateLimitPerUser: rate_limit_per_user }
      : {}),
    ...(permission_overwrites ? { overwrites: chosenOverwrites(guild, permission_overwrites) } : {}),
  };
}

/**
 * Checks that a channel can be in a category.
 * @throws DiscordError 50035
 */
export function assertCategory(guild: Guild, { type }: Pick<Channel, "type">, parentId: string): void {
  const parent = guild.channels.find(({ id }) => id === parentId);
  if (!parent) throw badParent("CHANNEL_PARENT_INVALID", "Category does not exist");
  if (parent.type !== GuildCategory || type === GuildCategory)
    throw badParent("CHANNEL_PARENT_INVALID_TYPE", "Not a category");
  const within = guild.channels.filter(({ parentId: other }) => other === parentId);
  if (within.length >= MAX_CHANNELS_IN_CATEGORY) {
    const message = `Maximum number of channels in category reached (${MAX_CHANNELS_IN_CATEGORY})`;
    throw badParent("CHANNEL_PARENT_MAX_CHANNELS", message);
  }
}

function badParent(code: string, message: string) {
  return invalidForm([{ path: ["parent_id"], code, message }]);
}
