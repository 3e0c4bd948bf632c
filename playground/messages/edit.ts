import type { APIMessage } from "discord-api-types/v10";
import { MessageFlags } from "discord-api-types/v10";
import type { Discord } from "../state/discord.ts";
import { people } from "../state/world.ts";
import type { MessageBody } from "./create.ts";
import { richEmbeds } from "./create.ts";
import { mentions } from "./mentions.ts";
import { assertSendable, hasFlag } from "./rules.ts";
import type { Upload } from "./upload.ts";
import { storeUploads } from "./upload.ts";

/**
 * Changes what the body names and leaves the rest. Filling a deferred answer's placeholder is no edit that people see:
 * it takes the LOADING flag away and sets no edited_timestamp.
 */
export function editMessage(
  discord: Discord,
  before: APIMessage,
  body: MessageBody,
  files: Upload[] = [],
): APIMessage {
  const message: APIMessage = {
    ...before,
    ...(body.content === undefined ? {} : { content: body.content ?? "" }),
    ...(body.embeds === undefined ? {} : { embeds: richEmbeds(body.embeds) }),
    ...(body.components === undefined ? {} : { components: body.components ?? [] }),
    attachments: [
      ...kept(before, body),
      ...storeUploads(discord, before.channel_id, files, body.attachments ?? []),
    ],
    flags: editedFlags(before.flags ?? 0, body.flags),
    edited_timestamp: hasFlag(before, MessageFlags.Loading) ? null : new Date(discord.now()).toISOString(),
  };
  const everybody = [...people(discord.world), discord.world.bot];
  const after = { ...message, ...mentions(message, body.allowed_mentions, everybody) };
  assertSendable(after);
  discord.messages.replace(after);
  return after;
}

/** Without a list all attachments stay; with one, those it names. */
function kept(before: APIMessage, body: MessageBody): APIMessage["attachments"] {
  if (!body.attachments) return before.attachments;
  const ids = new Set(body.attachments.map(({ id }) => String(id)));
  return before.attachments.filter(({ id }) => ids.has(id));
}

/** SUPPRESS_EMBEDS comes and goes; IS_COMPONENTS_V2 can be set and never taken back. */
function editedFlags(before: number, asked: number | null | undefined): number {
  const filled = before & ~MessageFlags.Loading;
  if (asked === null || asked === undefined) return filled;
  return (
    (filled & ~MessageFlags.SuppressEmbeds) |
    (asked & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2))
  );
}
