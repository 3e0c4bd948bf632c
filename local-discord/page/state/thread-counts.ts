import type { APIMessage } from "discord-api-types/v10";
import type { ClientThread } from "../../src/client-protocol.ts";
import { messageType } from "../discord.ts";
import { compareIds } from "./messages.ts";
import type { State } from "./state.ts";
import { isEphemeral } from "./timeline.ts";

/** Counts a new message of a thread, unless GUILDS_UPDATE has counted it. */
export function countMessage(state: State, message: APIMessage): State {
  if (!isCounted(message)) return state;
  return inThread(state, message.channel_id, (thread) =>
    compareIds(message.id, thread.last_message_id ?? "0") > 0
      ? { ...thread, message_count: thread.message_count + 1, last_message_id: message.id }
      : thread,
  );
}

/** Counts a deleted message of a thread no longer. */
export function uncountMessage(
  state: State,
  { id, channel_id }: Pick<APIMessage, "id" | "channel_id">,
): State {
  const message = state.messages[channel_id]?.find((one) => one.id === id);
  if (message === undefined || !isCounted(message)) return state;
  return inThread(state, channel_id, (thread) => ({
    ...thread,
    message_count: Math.max(thread.message_count - 1, 0),
  }));
}

/** Whether a message counts in its thread: not the one with which the thread was created, nor ephemeral ones. */
function isCounted(message: APIMessage): boolean {
  const { id, channel_id: channelId, type } = message;
  return !isEphemeral(message) && id !== channelId && type !== messageType.threadStarterMessage;
}

function inThread(state: State, threadId: string, change: (thread: ClientThread) => ClientThread): State {
  const { session } = state;
  const has = ({ id }: ClientThread) => id === threadId;
  if (session === null || !session.guilds.some(({ threads }) => threads.some(has))) return state;
  const guilds = session.guilds.map((guild) => {
    const threads = guild.threads.map((thread) => (has(thread) ? change(thread) : thread));
    return Object.assign({}, guild, { threads });
  });
  return { ...state, session: { ...session, guilds } };
}
