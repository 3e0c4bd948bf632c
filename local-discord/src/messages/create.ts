import type {
  APIAllowedMentions,
  APIEmbed,
  APIMessage,
  APIMessageTopLevelComponent,
  APIUser,
  RESTAPIAttachment,
} from "discord-api-types/v10";
import { EmbedType, MessageFlags } from "discord-api-types/v10";
import { notBuilt, unknownChannel } from "../errors.ts";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { assertCanPost } from "../threads/thread-rules.ts";
import { prepareThread } from "../threads/prepare-thread.ts";
import { blankMessage } from "./blank-message.ts";
import { completeSelects } from "./complete-selects.ts";
import { filesNotShown, showFiles } from "./media.ts";
import { mentions } from "./mentions.ts";
import { assertSendable } from "./message-rules.ts";
import type { Upload } from "./upload.ts";
import { storeUploads } from "./upload.ts";

/** The parts of a message that its sender chooses, as in the request bodies of all routes. */
export interface MessageBody {
  content?: string | null | undefined;
  embeds?: APIEmbed[] | null | undefined;
  components?: APIMessageTopLevelComponent[] | null | undefined;
  attachments?: RESTAPIAttachment[] | null | undefined;
  allowed_mentions?: APIAllowedMentions | null | undefined;
  flags?: MessageFlags | null | undefined;
  /** Not supported: a message with a poll is refused. */
  poll?: unknown;
  /** Not supported: a message with stickers is refused. */
  sticker_ids?: readonly unknown[] | null | undefined;
}

export interface NewMessage {
  author: APIUser;
  channelId: string;
  body: MessageBody;
  files?: Upload[];
  /** Id of the one person who sees an ephemeral message. */
  viewer?: string | null;
  /** Fields that the route adds: type, nonce, reference, interaction. */
  more?: Partial<APIMessage>;
}

/** Flags that a sender may set. `EPHEMERAL` is allowed in interaction answers only, which turn it into a viewer. */
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/**
 * Adds a message to its channel.
 * @throws DiscordError 10003, 50006, 50008, 50035, 50083 or 160005 if Discord would refuse the message; 404 for features that are
 *   not built
 */
export function createMessage(discord: Discord, draft: NewMessage): APIMessage {
  const { channelId, author, viewer = null, more = {} } = draft;
  if (!channel(discord.world, channelId)) throw unknownChannel();
  const answers = more.interaction_metadata !== undefined;
  assertCanPost(discord.world, { authorId: author.id, channelId, answers });
  const message = composeMessage(discord, draft);
  if (viewer === null) prepareThread(discord, message);
  return discord.messages.add({ message, viewer });
}

/**
 * Returns a message that is not added yet.
 * @throws DiscordError 50006 or 50035 if Discord would refuse the message; 404 for features that are not built
 */
export function composeMessage(discord: Discord, draft: NewMessage): APIMessage {
  if (draft.body.poll) throw notBuilt("polls");
  if (draft.body.sticker_ids?.length) throw notBuilt("stickers");
  const message = compose(discord, draft);
  if (draft.more?.flags !== MessageFlags.Loading) assertSendable(message);
  return message;
}

function compose(
  discord: Discord,
  { author, channelId, body, files = [], viewer, more = {} }: NewMessage,
): APIMessage {
  const ephemeral = viewer ? MessageFlags.Ephemeral : 0;
  const stored = storeUploads(discord, channelId, { uploads: files, described: body.attachments ?? [] });
  const components = completeSelects(body.components ?? []);
  const shown = showFiles({ components, embeds: richEmbeds(body.embeds) }, stored);
  const message = {
    ...blankMessage(discord, { author, channelId }),
    content: body.content?.trim() ?? "",
    attachments: filesNotShown(shown, stored),
    ...shown,
    ...more,
    flags: ((body.flags ?? 0) & SETTABLE_FLAGS) | ephemeral | (more.flags ?? 0),
  };
  return { ...message, ...mentions(discord.world, message, body.allowed_mentions) };
}

/**
 * Returns the embeds as Discord stores them: without fields that a sender cannot set, and without pictures that have no URL.
 * @see https://discord.com/developers/docs/resources/message#embed-object
 */
export function richEmbeds(embeds: APIEmbed[] | null | undefined): APIEmbed[] {
  return (embeds ?? []).map(richEmbed);
}

function richEmbed({ image, thumbnail, ...embed }: APIEmbed): APIEmbed {
  const rich: APIEmbed = { ...embed, type: EmbedType.Rich };
  delete rich.video;
  delete rich.provider;
  if (image?.url) rich.image = image;
  if (thumbnail?.url) rich.thumbnail = thumbnail;
  return rich;
}
