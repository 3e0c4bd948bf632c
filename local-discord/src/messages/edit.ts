import type { APIAttachment, APIMessage } from "discord-api-types/v10";
import { MessageFlags } from "discord-api-types/v10";
import { invalidForm } from "../errors.ts";
import type { Discord } from "../state/discord.ts";
import { assertCanEdit } from "../threads/thread-rules.ts";
import { completeSelects } from "./complete-selects.ts";
import type { MessageBody } from "./create.ts";
import { richEmbeds } from "./create.ts";
import { deleteUnusedFiles, filesNotShown, filesShown, showFiles } from "./media.ts";
import { mentions } from "./mentions.ts";
import { assertSendable, hasFlag } from "./message-rules.ts";
import type { Upload } from "./upload.ts";
import { storeUploads } from "./upload.ts";

/**
 * Changes the fields that the body has, and keeps the others. The first edit of a deferred answer removes the LOADING flag and
 * sets no edited_timestamp, so people do not see it as an edit.
 * @throws DiscordError 50006, 50035, 50083 or 160005 if Discord would refuse the edit
 */
export function editMessage(
  discord: Discord,
  before: APIMessage,
  body: MessageBody,
  files: Upload[] = [],
): APIMessage {
  assertCanEdit(discord.world, before.author.id, before.channel_id);
  const message: APIMessage = {
    ...before,
    ...(body.content === undefined ? {} : { content: body.content?.trim() ?? "" }),
    ...editedMedia(discord, before, body, files),
    flags: editedFlags(before.flags ?? 0, body.flags),
    edited_timestamp: hasFlag(before, MessageFlags.Loading) ? null : new Date(discord.stamp()).toISOString(),
  };
  const after = { ...message, ...mentions(discord.world, message, body.allowed_mentions) };
  assertSendable(after);
  const replaced = discord.messages.replace(after);
  deleteUnusedFiles(discord, [before]);
  return replaced;
}

function editedMedia(discord: Discord, before: APIMessage, body: MessageBody, files: Upload[]) {
  const kept = keptFiles(discord, before, body);
  const described = body.attachments ?? [];
  const keeps = kept.length;
  const added = storeUploads(discord, before.channel_id, { uploads: files, described, keeps });
  const { embeds, components } = before;
  const parts = {
    embeds: body.embeds === undefined ? embeds : richEmbeds(body.embeds),
    components: completeSelects((body.components === undefined ? components : body.components) ?? []),
  };
  // A new file is found by its name only if the body has `attachments`, even an empty list:
  // https://github.com/discord/discord-api-docs/issues/7529
  const shown = showFiles(parts, body.attachments ? [...kept, ...added] : kept);
  return { ...shown, attachments: filesNotShown(shown, [...kept, ...added]) };
}

/** Returns the files that stay: those in the body's `attachments`, or all if the body has none. */
function keptFiles(discord: Discord, before: APIMessage, { attachments }: MessageBody): APIAttachment[] {
  const all = [...before.attachments, ...filesShown(discord, before)];
  if (!attachments) return all;
  const ids = new Set(attachments.map(({ id }) => String(id)));
  return all.filter(({ id }) => ids.has(id));
}

/**
 * Returns the flags after an edit, which may set and remove SUPPRESS_EMBEDS, and may set IS_COMPONENTS_V2.
 * @throws DiscordError 50035 if the edit would remove IS_COMPONENTS_V2
 */
function editedFlags(before: number, asked: number | null | undefined): number {
  const filled = before & ~MessageFlags.Loading;
  if (asked === null || asked === undefined) return filled;
  if ((filled & ~asked & MessageFlags.IsComponentsV2) !== 0) {
    const message = "The IS_COMPONENTS_V2 flag cannot be removed";
    throw invalidForm([{ path: ["flags"], code: "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message }]);
  }
  return (
    (filled & ~MessageFlags.SuppressEmbeds) |
    (asked & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2))
  );
}
