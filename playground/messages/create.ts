import type {
  APIAllowedMentions,
  APIEmbed,
  APIMessage,
  APIMessageTopLevelComponent,
  APIUser,
  RESTAPIAttachment,
} from "discord-api-types/v10";
import { EmbedType, MessageFlags, MessageType } from "discord-api-types/v10";
import { unknownChannel } from "../errors.ts";
import { isIn } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { people } from "../state/world.ts";
import { filesNotShown, showFiles } from "./media.ts";
import { mentions } from "./mentions.ts";
import { assertSendable } from "./rules.ts";
import type { Upload } from "./upload.ts";
import { storeUploads } from "./upload.ts";

/** The parts of a message that its sender chooses, as the request bodies of all routes name them. */
export interface MessageBody {
  content?: string | null | undefined;
  embeds?: APIEmbed[] | null | undefined;
  components?: APIMessageTopLevelComponent[] | null | undefined;
  attachments?: RESTAPIAttachment[] | null | undefined;
  allowed_mentions?: APIAllowedMentions | null | undefined;
  flags?: MessageFlags | null | undefined;
}

export interface Draft {
  author: APIUser;
  channelId: string;
  body: MessageBody;
  files?: Upload[];
  /** The one person who sees it, for an ephemeral message. */
  viewer?: string | null;
  /** What the way it came adds: type, nonce, reference, interaction. */
  more?: Partial<APIMessage>;
}

/** Flags a sender may choose; `EPHEMERAL` counts on interaction answers only, which turn it into a viewer. */
const choosable =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** Adds a message to its channel. Throws 10003, 50006 or 50035 when Discord would not take it. */
export function createMessage(discord: Discord, draft: Draft): APIMessage {
  if (!isIn(discord.world, draft.author.id, draft.channelId)) throw unknownChannel();
  const message = compose(discord, draft);
  if (draft.more?.flags !== MessageFlags.Loading) assertSendable(message);
  discord.messages.add({ message, viewer: draft.viewer ?? null });
  return message;
}

function compose(
  discord: Discord,
  { author, channelId, body, files = [], viewer, more = {} }: Draft,
): APIMessage {
  const ephemeral = viewer ? MessageFlags.Ephemeral : 0;
  const stored = storeUploads(discord, channelId, { uploads: files, described: body.attachments ?? [] });
  const shown = showFiles({ components: body.components ?? [], embeds: richEmbeds(body.embeds) }, stored);
  const message = {
    id: discord.nextSnowflake(),
    type: MessageType.Default,
    channel_id: channelId,
    author,
    content: body.content ?? "",
    timestamp: new Date(discord.now()).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_roles: [],
    attachments: filesNotShown(shown, stored),
    ...shown,
    pinned: false,
    ...more,
    flags: ((body.flags ?? 0) & choosable) | ephemeral | (more.flags ?? 0),
  };
  const everybody = [...people(discord.world), discord.world.bot];
  return { ...message, ...mentions(message, body.allowed_mentions, everybody) };
}

export function richEmbeds(embeds: APIEmbed[] | null | undefined): APIEmbed[] {
  return (embeds ?? []).map((embed) => Object.assign({ type: EmbedType.Rich }, embed));
}
