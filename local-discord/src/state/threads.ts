import { MessageType } from "discord-api-types/v10";
import type { Clock } from "./clock.ts";
import type { Events, LocalDiscordEvent } from "./events.ts";
import type { Journal } from "./journal.ts";
import { snowflakeTime } from "./snowflake.ts";
import { type Thread, threadSchema } from "./thread.ts";
import type { World } from "./world.ts";

const KEY_PREFIX = "thread:";

/** Changes the threads of the world, and tells everybody. Archives a thread after its time without activity. */
export interface Threads {
  /** Adds a new thread with its first members. */
  add(thread: Thread): void;
  /** Replaces the thread with the same id. */
  change(thread: Thread): void;
  remove(id: string): void;
  addMembers(id: string, userIds: readonly string[]): void;
  removeMember(id: string, userId: string): void;
}

/** Returns the threads of earlier runs by id. */
export function restoreThreads(journal: Journal): Map<string, Thread> {
  const stored = [...journal.restored].filter(([key]) => key.startsWith(KEY_PREFIX));
  return new Map(
    stored.map(([, value]) => threadSchema.parse(value)).map((thread) => [thread.id, thread] as const),
  );
}

export function threads(
  world: World,
  { journal, events, time }: { journal: Journal; events: Events; time: Clock },
): Threads {
  /** Functions that cancel the archiving of active threads. */
  const alarms = new Map<string, () => void>();
  const iso = () => new Date(time.stamp()).toISOString();

  function setAlarm(thread: Thread): void {
    alarms.get(thread.id)?.();
    alarms.delete(thread.id);
    if (thread.thread_metadata.archived) return;
    const archive = () => change(withArchived(thread, true, iso()));
    alarms.set(thread.id, time.after(dueTime(thread) - time.now(), archive));
  }
  function put(thread: Thread): void {
    world.threads.set(thread.id, thread);
    journal.put(KEY_PREFIX + thread.id, thread);
    setAlarm(thread);
  }
  function change(thread: Thread): void {
    const wasArchived = world.threads.get(thread.id)?.thread_metadata.archived ?? false;
    put(thread);
    const unarchived = wasArchived && !thread.thread_metadata.archived;
    events.emit({ t: "THREAD_UPDATE", thread, unarchived });
  }

  events.subscribe((event) => {
    const counted = afterMessage(world, event);
    if (counted) put(counted);
  });
  for (const thread of world.threads.values()) setAlarm(thread);

  return {
    add(thread) {
      put(thread);
      events.emit({ t: "THREAD_CREATE", thread });
      const added = thread.members.map(({ user_id }) => user_id);
      events.emit({ t: "THREAD_MEMBERS_UPDATE", thread, added, removed: [], created: true });
    },
    change,
    remove(id) {
      const thread = world.threads.get(id);
      if (!thread) return;
      alarms.get(id)?.();
      alarms.delete(id);
      world.threads.delete(id);
      journal.put(KEY_PREFIX + id, null);
      events.emit({ t: "THREAD_DELETE", thread });
    },
    addMembers(id, userIds) {
      const before = world.threads.get(id);
      const added = userIds.filter((userId) => before?.members.every(({ user_id }) => user_id !== userId));
      if (!before || added.length === 0) return;
      const joined = [...new Set(added)].map((user_id) => ({ user_id, join_timestamp: iso() }));
      const thread = { ...before, members: [...before.members, ...joined] };
      put(thread);
      events.emit({ t: "THREAD_MEMBERS_UPDATE", thread, added, removed: [], created: false });
    },
    removeMember(id, userId) {
      const before = world.threads.get(id);
      const members = before?.members.filter(({ user_id }) => user_id !== userId) ?? [];
      if (!before || members.length === before.members.length) return;
      const thread = { ...before, members };
      put(thread);
      events.emit({ t: "THREAD_MEMBERS_UPDATE", thread, added: [], removed: [userId], created: false });
    },
  };
}

/** Returns the thread archived or active, at this time in ISO 8601. */
export function withArchived(thread: Thread, archived: boolean, archive_timestamp: string): Thread {
  return { ...thread, thread_metadata: { ...thread.thread_metadata, archived, archive_timestamp } };
}

/** Returns the time at which an active thread is archived unless somebody posts, in milliseconds since 1970. */
function dueTime({ thread_metadata: metadata, last_message_id }: Thread): number {
  const posted = last_message_id === null ? 0 : snowflakeTime(last_message_id);
  const active = Math.max(Date.parse(metadata.archive_timestamp), posted);
  return active + metadata.auto_archive_duration * 60_000;
}

/** Counts a message in its thread, or that it was deleted. Returns undefined for other events. */
function afterMessage({ threads }: World, event: LocalDiscordEvent): Thread | undefined {
  if (event.t === "MESSAGE_DELETE_BULK") {
    const among = threads.get(event.d.channel_id);
    const counted = event.d.ids.filter((id) => id !== among?.id).length;
    return among && { ...among, message_count: among.message_count - counted };
  }
  if (event.t !== "MESSAGE_CREATE" && event.t !== "MESSAGE_DELETE") return undefined;
  const thread = threads.get(event.d.channel_id);
  if (!thread || event.viewer !== null) return undefined;
  if (event.t === "MESSAGE_DELETE") {
    return event.d.id === thread.id ? thread : { ...thread, message_count: thread.message_count - 1 };
  }
  const { id, type } = event.d;
  const counts = id === thread.id || type === MessageType.ThreadStarterMessage ? 0 : 1;
  return {
    ...thread,
    last_message_id: id,
    message_count: thread.message_count + counts,
    total_message_sent: thread.total_message_sent + counts,
  };
}
