import { GatewayIntentBits, PermissionFlagsBits } from "discord-api-types/v10";
import { guildOf } from "../state/channels.ts";
import type { ThreadEvent } from "../state/events.ts";
import { member } from "../state/guild.ts";
import { botHasPermission } from "../state/permissions.ts";
import { type Thread, threadChannel, threadMember, threadsBelow } from "../state/thread.ts";
import { activeThreads, seesThread } from "../state/visibility.ts";
import { type World, people } from "../state/world.ts";
import { isOnShard } from "./login.ts";
import type { Recipient } from "./session.ts";

const { GuildMembers, Guilds } = GatewayIntentBits;

type MembersUpdate = Extract<ThreadEvent, { t: "THREAD_MEMBERS_UPDATE" }>;

/**
 * Sends a change of a thread to a session if the bot sees the thread.
 * @see https://discord.com/developers/docs/topics/threads#gateway-events
 */
export function dispatchThreadEvent(world: World, session: Recipient, event: ThreadEvent): void {
  const { thread } = event;
  if ((session.intents & Guilds) === 0 || !isOnShard(session.shard, thread.guild_id)) return;
  if (event.t === "THREAD_MEMBERS_UPDATE") return sendMembers(world, session, event);
  if (!botSeesThread(world, thread)) return;
  if (event.t === "THREAD_DELETE") {
    const { id, guild_id, parent_id, type } = thread;
    return session.dispatch(event.t, { id, guild_id, parent_id, type });
  }
  const channel = threadChannel(world, thread);
  session.dispatch(event.t, event.t === "THREAD_CREATE" ? { ...channel, newly_created: true } : channel);
  if (event.t === "THREAD_UPDATE" && event.unarchived && channel.member) {
    session.dispatch("THREAD_MEMBER_UPDATE", { ...channel.member, guild_id: thread.guild_id });
  }
}

/** Whether the bot sees a thread, which may have been deleted. */
function botSeesThread(world: World, thread: Thread): boolean {
  const views = botHasPermission(world, thread.parent_id, PermissionFlagsBits.ViewChannel);
  return views && seesThread(world, thread, world.bot.id);
}

/** Sends THREAD_LIST_SYNC: the active threads of a channel that the bot can view again. */
export function sendThreads(world: World, session: Recipient, channelId: string): void {
  const guild = guildOf(world, channelId);
  if ((session.intents & Guilds) === 0 || !guild) return;
  const threads = activeThreads(world, threadsBelow(world, channelId)).map((thread) =>
    threadChannel(world, thread),
  );
  const members = threads.flatMap(({ member: own }) => own ?? []);
  session.dispatch("THREAD_LIST_SYNC", { guild_id: guild.id, channel_ids: [channelId], threads, members });
}

/**
 * Sends which members a thread gained or lost. Without the intent GUILD_MEMBERS, the bot hears only of itself. When it is added to
 * a thread, the thread comes first, because the bot may not know it.
 */
function sendMembers(world: World, session: Recipient, { t, thread, ...change }: MembersUpdate): void {
  const { bot } = world;
  const guild = guildOf(world, thread.id);
  const hearsOf = (id: string) => id === bot.id || (session.intents & GuildMembers) !== 0;
  const added = change.added.filter(hearsOf);
  const removed = change.removed.filter(hearsOf);
  if (!guild || guild.botJoinedAt === null || added.length + removed.length === 0) return;
  if (!removed.includes(bot.id) && !botSeesThread(world, thread)) return;
  const channel = threadChannel(world, thread);
  const users = new Map([bot, ...people(world)].map((user) => [user.id, user]));
  const added_members = thread.members.flatMap((one) => {
    const user = users.get(one.user_id);
    if (!user || !added.includes(user.id)) return [];
    return [{ ...threadMember(thread, one), member: member(guild, user), presence: null }];
  });
  if (added.includes(bot.id) && !change.created) session.dispatch("THREAD_CREATE", channel);
  session.dispatch(t, {
    id: thread.id,
    guild_id: guild.id,
    member_count: channel.member_count,
    added_members,
    removed_member_ids: removed,
  });
}
