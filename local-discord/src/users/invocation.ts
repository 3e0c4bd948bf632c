import type { APIMessage, APIUser } from "discord-api-types/v10";
import { InteractionContextType, InteractionType } from "discord-api-types/v10";
import { integrationOwners } from "../messages/answer.ts";
import { channel, guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { type Guild, member } from "../state/guild.ts";
import type { Interaction } from "../state/interactions.ts";
import { botPermissions, permissionsIn } from "../state/permissions.ts";
import { interactionToken } from "../state/tokens.ts";
import type { World } from "../state/world.ts";
import { MAX_ATTACHMENT_BYTES } from "../messages/file-limits.ts";
import { managesThreads } from "../threads/thread-rules.ts";
import { unarchive } from "../threads/prepare-thread.ts";
import { NotAllowedError } from "./not-allowed.ts";

/** Who uses a command or button, in which channel, and in which language. */
export interface Invocation {
  user: APIUser;
  channelId: string;
  locale: string;
  nonce?: string;
}

/**
 * The kind of an interaction: a command, a command on a message or person, autocompletion of an option, the press of a button of
 * a message, or the submit of a modal.
 */
type Kind = Pick<Interaction, "type"> &
  Partial<
    Pick<Interaction, "command" | "targetId" | "targetUser" | "sourceMessageId" | "openedBy" | "focusedType">
  >;

/**
 * Creates an interaction and sends it to the bot. In an archived thread, Discord's client unarchives the thread first:
 * https://github.com/discord/discord-api-docs/issues/8474
 * @throws NotAllowedError in a locked thread
 */
export function startInteraction(
  discord: Discord,
  { user, channelId, locale, nonce }: Invocation,
  { data, message, ...kind }: Kind & { data: object; message?: APIMessage },
): Interaction {
  if (kind.type !== InteractionType.ApplicationCommandAutocomplete)
    openThread(discord, { user, channelId }, kind);
  const id = discord.nextSnowflake();
  const interaction: Interaction = {
    id,
    token: interactionToken(id, discord.secrets),
    user,
    channelId,
    locale,
    command: null,
    sourceMessageId: null,
    targetId: null,
    openedBy: null,
    modal: null,
    targetUser: null,
    focusedType: null,
    choices: null,
    ...kind,
    nonce: nonce ?? null,
    createdAt: discord.now(),
    state: "pending",
    problem: null,
    originalId: null,
    answerIds: [],
  };
  const what = { data, locale, ...(message ? { message } : {}) };
  discord.interactions.start(interaction, { ...envelope(discord.world, interaction), ...what });
  return interaction;
}

/** Commands need an unlocked thread. Buttons, select menus and modals also work in a locked one that is active. */
function openThread(
  discord: Discord,
  { user, channelId }: Pick<Invocation, "user" | "channelId">,
  { type }: Kind,
): void {
  const { archived = false, locked = false } = discord.world.threads.get(channelId)?.thread_metadata ?? {};
  const needsUnlocked = archived || type === InteractionType.ApplicationCommand;
  if (locked && needsUnlocked && !managesThreads(discord.world, user.id, channelId)) {
    throw new NotAllowedError("The thread is locked.");
  }
  unarchive(discord, channelId);
}

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
function envelope(world: World, { id, token, type, user, channelId }: Interaction) {
  const guild = guildOf(world, channelId);
  return {
    id,
    token,
    type,
    version: 1,
    application_id: world.applicationId,
    ...(guild ? inGuild(world, guild, { user, channelId }) : inDirectMessages(world, user, channelId)),
    channel_id: channelId,
    entitlements: [],
    authorizing_integration_owners: integrationOwners(world, channelId),
    attachment_size_limit: MAX_ATTACHMENT_BYTES,
  };
}

function inGuild(world: World, guild: Guild, { user, channelId }: Pick<Interaction, "user" | "channelId">) {
  const permissions = String(permissionsIn(world, channelId, user.id));
  return {
    guild: { id: guild.id, locale: guild.preferredLocale, features: [] },
    guild_id: guild.id,
    guild_locale: guild.preferredLocale,
    channel: { ...channel(world, channelId), permissions },
    member: { ...member(guild, user), permissions },
    app_permissions: String(botPermissions(world, channelId)),
    context: InteractionContextType.Guild,
  };
}

function inDirectMessages(world: World, user: APIUser, channelId: string) {
  return {
    channel: channel(world, channelId),
    user,
    app_permissions: String(botPermissions(world, channelId)),
    context: InteractionContextType.BotDM,
  };
}
