import type {
  APIAllowedMentions,
  APIEmbed,
  APIMessage,
  APIMessageTopLevelComponent,
  APIUser,
  RESTAPIAttachment,
} from "discord-api-types/v10";
import { EmbedType, MessageFlags, MessageType } from "discord-api-types/v10";
import { notBuilt, unknownChannel } from "../errors.ts";
import { isIn } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { filesNotShown, showFiles } from "./media.ts";
import { mentions } from "./mentions.ts";
import { assertSendable } from "./message-rules.ts";
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
  /** Not built: refused where there is one. */
  poll?: unknown;
  sticker_ids?: readonly unknown[] | null | undefined;
}

export interface NewMessage {
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

/** Adds a message to its channel. Throws 10003, 50006 or 50035 when Discord would not take it, 404 for what is not built. */
export function createMessage(discord: Discord, draft: NewMessage): APIMessage {
  if (draft.body.poll) throw notBuilt("polls");
  if (draft.body.sticker_ids?.length) throw notBuilt("stickers");
  if (!isIn(discord.world, draft.author.id, draft.channelId)) throw unknownChannel();
  const message = compose(discord, draft);
  if (draft.more?.flags !== MessageFlags.Loading) assertSendable(message);
  return discord.messages.add({ message, viewer: draft.viewer ?? null });
}

function compose(
  discord: Discord,
  { author, channelId, body, files = [], viewer, more = {} }: NewMessage,
): APIMessage {
  const ephemeral = viewer ? MessageFlags.Ephemeral : 0;
  const stored = storeUploads(discord, channelId, { uploads: files, described: body.attachments ?? [] });
  const shown = showFiles({ components: body.components ?? [], embeds: richEmbeds(body.embeds) }, stored);
  const message = {
    id: discord.nextSnowflake(),
    type: MessageType.Default,
    channel_id: channelId,
    author,
    content: body.content?.trim() ?? "",
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
  return { ...message, ...mentions(discord.world, message, body.allowed_mentions) };
}

export function richEmbeds(embeds: APIEmbed[] | null | undefined): APIEmbed[] {
  return (embeds ?? []).map((embed) => Object.assign({ type: EmbedType.Rich }, embed));
}
