import { isDeepStrictEqual } from "node:util";
import type { APIUser } from "discord-api-types/v10";
import { ChannelType, MessageType, PermissionFlagsBits } from "discord-api-types/v10";
import { missingPermissions } from "../errors.ts";
import { postSystemMessage } from "../messages/system-message.ts";
import type { Discord } from "../state/discord.ts";
import { hasPermission } from "../state/permissions.ts";
import type { Thread } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import type { ThreadSettings } from "./create-thread.ts";
import { assertActive, managesThreads, threadName } from "./thread-rules.ts";

/** Changed fields of a thread. Those that are null stay as they are. */
export interface ThreadChanges extends Partial<ThreadSettings> {
  archived?: boolean | null | undefined;
  locked?: boolean | null | undefined;
  invitable?: boolean | null | undefined;
  applied_tags?: string[] | null | undefined;
}

/** A request to change a thread, without the fields that are null. */
interface Edit {
  editor: APIUser;
  thread: Thread;
  changes: Partial<{ [Field in keyof ThreadChanges]: NonNullable<ThreadChanges[Field]> }>;
}

/**
 * Changes a thread. A message in it reports a new name. An archived thread must be unarchived, by itself or together with the
 * other changes.
 * @throws DiscordError 50013, 50035 or 50083
 * @see https://discord.com/developers/docs/topics/threads#editing-deleting-threads
 */
export function editThread(
  discord: Discord,
  editor: APIUser,
  { thread, changes: given }: { thread: Thread; changes: ThreadChanges },
): void {
  const changes: Edit["changes"] = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  );
  assertCanChange(discord.world, { editor, thread, changes });
  const name = changes.name === undefined ? thread.name : threadName(changes.name);
  const { rate_limit_per_user = thread.rate_limit_per_user, applied_tags = thread.applied_tags } = changes;
  const edited = {
    ...thread,
    name,
    rate_limit_per_user,
    ...(applied_tags ? { applied_tags } : {}),
    thread_metadata: editedMetadata(thread, { changes, now: discord.stamp() }),
  };
  if (!isDeepStrictEqual(edited, thread)) discord.threads.change(edited);
  if (name === thread.name) return;
  const type = MessageType.ChannelNameChange;
  postSystemMessage(discord, { type, author: editor, channelId: thread.id, content: name });
}

/** Who may do what: everybody who posts may unarchive, the owner changes more, and only Manage Threads locks and unlocks. */
function assertCanChange(world: World, { editor, thread, changes }: Edit): void {
  const { archived, ...others } = changes;
  if (archived !== false) assertActive(thread);
  if (managesThreads(world, editor.id, thread.id)) return;
  const { locked, rate_limit_per_user: slowmode } = others;
  if (thread.thread_metadata.locked || locked !== undefined || slowmode !== undefined)
    throw missingPermissions();
  const unarchives = archived === false && Object.keys(others).length === 0;
  const where = { userId: editor.id, channelId: thread.id };
  const posts = hasPermission(world, where, PermissionFlagsBits.SendMessagesInThreads);
  if (unarchives ? !posts : thread.owner_id !== editor.id) throw missingPermissions();
}

function editedMetadata(
  { thread_metadata: before, type }: Thread,
  { changes, now }: { changes: Edit["changes"]; now: number },
): Thread["thread_metadata"] {
  const {
    archived = before.archived,
    locked = before.locked,
    invitable = before.invitable,
    auto_archive_duration = before.auto_archive_duration,
  } = changes;
  const touched = archived !== before.archived || auto_archive_duration !== before.auto_archive_duration;
  return {
    ...before,
    archived,
    locked,
    auto_archive_duration,
    ...(type === ChannelType.PrivateThread && invitable !== undefined ? { invitable } : {}),
    archive_timestamp: touched ? new Date(now).toISOString() : before.archive_timestamp,
  };
}
