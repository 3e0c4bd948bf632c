import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { z } from "zod";
import { parseJson } from "../parse-json.ts";

/** @see https://discord.com/developers/docs/reference#snowflakes */
const id = z.string().regex(/^[1-9]\d{16,19}$/, "An id has 17 to 20 digits, in quotation marks.");
/** @see https://discord.com/developers/docs/resources/user#usernames-and-nicknames */
const username = z
  .string()
  .regex(/^[a-z0-9_.]{2,32}$/, "The name of a person has 2 to 32 lowercase letters, digits, _ and dots.");
const name = z.string().trim().min(1).max(100);
/** @see https://discord.com/developers/docs/resources/channel#channel-object-channel-structure */
const MAX_TOPIC_LENGTH = 1_024;
const MAX_SLOW_MODE_S = 21_600;
/** Names of permissions, as in PermissionFlagsBits; becomes their bits. */
const permissions = z.array(z.string()).transform((names, context) => {
  let bits = 0n;
  for (const [index, permission] of names.entries()) {
    if (isPermission(permission)) bits |= PermissionFlagsBits[permission];
    else
      context.addIssue({ code: "custom", path: [index], message: `There is no permission ${permission}.` });
  }
  return bits;
});

function isPermission(value: string): value is keyof typeof PermissionFlagsBits {
  return Object.hasOwn(PermissionFlagsBits, value);
}

const describedPerson = z.strictObject({
  /** Username, by which scripts and the page name the person. */
  name: username,
  displayName: name.optional(),
  id: id.optional(),
});
const describedRole = z.strictObject({
  name,
  permissions: permissions.default(0n),
  color: z
    .string()
    .regex(/^#[\da-f]{6}$/i, "A color is # with six hexadecimal digits.")
    .default("#000000")
    .transform((hex) => Number.parseInt(hex.slice(1), 16)),
  /** Whether its members are listed apart. */
  hoist: z.boolean().default(false),
  /** Names of people. */
  members: z.array(z.string()).default([]),
  id: id.optional(),
});
const describedOverwrite = z
  .strictObject({
    /** Name of a role, or "@everyone". */
    role: z.string().optional(),
    /** Name of a person, or of the bot; instead of a role. */
    member: z.string().optional(),
    allow: permissions.default(0n),
    deny: permissions.default(0n),
  })
  .refine(({ role, member }) => (role === undefined) !== (member === undefined), {
    error: "An overwrite is for a role or for a member.",
  });
const CHANNEL_TYPES = {
  text: ChannelType.GuildText,
  category: ChannelType.GuildCategory,
  forum: ChannelType.GuildForum,
} as const;
const describedChannel = z
  .strictObject({
    name,
    type: z
      .enum(["text", "category", "forum"])
      .default("text")
      .transform((type) => CHANNEL_TYPES[type]),
    topic: z.string().max(MAX_TOPIC_LENGTH).optional(),
    nsfw: z.boolean().default(false),
    /** Name of its category. */
    category: z.string().optional(),
    /** Seconds between messages of a person. */
    slowMode: z.int().min(0).max(MAX_SLOW_MODE_S).default(0),
    overwrites: z.array(describedOverwrite).default([]),
    id: id.optional(),
  })
  .refine(({ name, type }) => type === ChannelType.GuildCategory || /^[^A-Z\s]+$/.test(name), {
    path: ["name"],
    error: "The name of a channel has no spaces and no capital letters.",
  });
const describedGuild = z.strictObject({
  name,
  /** Name of the person who owns it; default: the first person. */
  owner: z.string().optional(),
  locale: z.string().default("en-US"),
  roles: z.array(describedRole).default([]),
  channels: z.array(describedChannel).min(1),
  /** Whether the bot is a member; as a list, with these permissions besides those of @everyone. */
  bot: z.union([z.boolean(), permissions]).default(true),
  id: id.optional(),
});
const worldDescription = z
  .strictObject({
    bot: z.strictObject({ name, id: id.optional() }).default({ name: "bot" }),
    /** Token of the bot. Its first part is the bot's id, if that has none. */
    token: z
      .string()
      .regex(/^[\w.-]+$/, "A token has letters, digits, dots, _ and -.")
      .optional(),
    /** Name of the person who owns the application; default: the first person. */
    owner: z.string().optional(),
    people: z.array(describedPerson).min(1),
    guilds: z.array(describedGuild).min(1),
  })
  .superRefine((world, context) => {
    for (const { path, message } of contradictions(world)) {
      context.addIssue({ code: "custom", path, message });
    }
  });

/** Everything that a local Discord starts with: its bot, its people, and guilds with channels and roles. */
export type WorldDescription = z.input<typeof worldDescription>;
/** A description with its defaults, in which all names are known. */
export type CheckedWorld = z.output<typeof worldDescription>;

/**
 * Checks a description and adds its defaults.
 * @throws Error that names every invalid field
 */
export function checkWorld(description: unknown): CheckedWorld {
  const { data, error } = worldDescription.safeParse(description);
  if (data) return data;
  throw new Error(`The world is not valid:\n${z.prettifyError(error)}`);
}

/**
 * Parses a description in JSON.
 * @throws Error if it is not JSON, or names every invalid field
 */
export function parseWorld(json: string): WorldDescription {
  const value = parseJson(z.unknown(), json);
  if (value === undefined) throw new Error("The world is not valid: it is not JSON.");
  assertWorld(value);
  return value;
}

function assertWorld(value: unknown): asserts value is WorldDescription {
  checkWorld(value);
}

interface Contradiction {
  path: (string | number)[];
  message: string;
}

/** Finds names of nobody, and names and ids that occur twice. */
function contradictions({ bot, owner, people, guilds }: CheckedWorld): Contradiction[] {
  const names = people.map((person) => person.name);
  const nobody = (path: Contradiction["path"], person: string | undefined) =>
    person === undefined || names.includes(person)
      ? []
      : [{ path, message: `There is no person ${person}. The people are: ${names.join(", ")}.` }];
  return [
    ...repeated(names).map((index) => ({ path: ["people", index, "name"], message: "This name is taken." })),
    ...nobody(["owner"], owner),
    ...guilds.flatMap((guild, at) => [
      ...nobody(["guilds", at, "owner"], guild.owner),
      ...guild.roles.flatMap(({ members }, role) =>
        members.flatMap((member, index) => nobody(["guilds", at, "roles", role, "members", index], member)),
      ),
      ...unknownInChannels(guild, { path: ["guilds", at, "channels"], members: [...names, bot.name] }),
      ...(["roles", "channels"] as const).flatMap((list) =>
        repeated(guild[list].map((one) => one.name)).map((index) => ({
          path: ["guilds", at, list, index, "name"],
          message: "This name is taken.",
        })),
      ),
    ]),
    ...repeatedIds([
      bot,
      ...people,
      ...guilds,
      ...guilds.flatMap(({ roles, channels }) => [...roles, ...channels]),
    ]),
  ];
}

/** Finds categories, and roles and members of overwrites, that do not exist. */
function unknownInChannels(
  { channels, roles }: CheckedWorld["guilds"][number],
  { path, members }: { path: Contradiction["path"]; members: readonly string[] },
): Contradiction[] {
  const categories = new Set(
    channels.filter(({ type }) => type === ChannelType.GuildCategory).map((one) => one.name),
  );
  const roleNames = new Set(["@everyone", ...roles.map((one) => one.name)]);
  return channels.flatMap(({ type, category, overwrites }, at) => [
    ...(category === undefined || (categories.has(category) && type !== ChannelType.GuildCategory)
      ? []
      : [{ path: [...path, at, "category"], message: `There is no category ${category} for it.` }]),
    ...overwrites.flatMap(({ role, member }, index) => {
      const place = [...path, at, "overwrites", index];
      if (role !== undefined && !roleNames.has(role))
        return [{ path: [...place, "role"], message: `There is no role ${role}.` }];
      if (member === undefined || members.includes(member)) return [];
      return [{ path: [...place, "member"], message: `There is no member ${member}.` }];
    }),
  ]);
}

/** Returns the indexes of values that occur before. */
function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}

function repeatedIds(things: readonly { id?: string | undefined }[]): Contradiction[] {
  const ids = things.flatMap(({ id }) => id ?? []);
  return repeated(ids).map((index) => ({ path: [], message: `The id ${ids[index]} is used twice.` }));
}
