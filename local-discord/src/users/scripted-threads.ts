import type { APIMessage, APIThreadChannel, APIUser } from "discord-api-types/v10";
import type { File } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";
import { people } from "../state/world.ts";
import type { ThreadChanges } from "../threads/edit-thread.ts";
import { addThreadMember, removeThreadMember } from "../threads/thread-members.ts";
import { NotAllowedError } from "./not-allowed.ts";
import { changeThread, findThread, startPost, startThread } from "./threads.ts";

interface ThreadOptions {
  /** The text channel; default: the first channel of the first guild. */
  channelId?: string;
  /** The message from which the thread is created, in whichever channel it is. */
  message?: Pick<APIMessage, "id">;
  /** Whether only its members see the thread; not together with `message`. */
  private?: boolean;
}

/** What a person does with threads. Everything else takes the id of a thread as its `channelId`. */
export interface ScriptedThreads {
  /** @throws Error if the person may not create such a thread there */
  createThread(name: string, options?: ThreadOptions): APIThreadChannel;
  /**
   * Creates a post in a forum. Its first message has the id of the post.
   * @throws Error for another channel, for an empty post, and for files that `post` would refuse
   */
  createPost(forumId: string, name: string, content: string, files?: File[]): APIThreadChannel;
  /**
   * Changes a thread: name, archived, locked, invitable and others.
   * @throws Error if the person does not see the thread, or may not do that
   */
  editThread(threadId: string, changes: ThreadChanges): void;
  /** Archives a thread, as its owner or with Manage Threads. */
  archive(threadId: string): void;
  /**
   * Adds a user to a thread.
   * @param nameOrId of a person, or of the bot; the person's own joins the thread
   * @throws Error if the person does not see the thread, or may not add others
   */
  addToThread(threadId: string, nameOrId: string): void;
  /**
   * Removes a user from a thread.
   * @param nameOrId of a person, or of the bot; the person's own leaves the thread
   * @throws Error if the person does not see the thread, or may not remove others
   */
  removeFromThread(threadId: string, nameOrId: string): void;
}

export function scriptedThreads(
  discord: Discord,
  { as, defaultChannel }: { as: () => APIUser; defaultChannel: (options: ThreadOptions) => string },
): ScriptedThreads {
  const membership = (threadId: string, nameOrId: string) => {
    const by = as();
    return { by, thread: findThread(discord, by, threadId), userId: idOf(discord, by, nameOrId) };
  };
  return {
    createThread: (name, options = {}) =>
      startThread(discord, as(), {
        channelId: defaultChannel(options),
        name,
        messageId: options.message?.id,
        isPrivate: options.private,
      }),
    createPost: (channelId, name, content, files = []) =>
      startPost(discord, as(), { channelId, name, content, files }),
    editThread: (threadId, changes) => changeThread(discord, as(), { threadId, changes }),
    archive: (threadId) => changeThread(discord, as(), { threadId, changes: { archived: true } }),
    addToThread: (threadId, nameOrId) => addThreadMember(discord, membership(threadId, nameOrId)),
    removeFromThread: (threadId, nameOrId) => removeThreadMember(discord, membership(threadId, nameOrId)),
  };
}

function idOf({ world }: Discord, self: APIUser, nameOrId: string): string {
  const user = [self, ...people(world), world.bot].find(
    ({ id, username }) => id === nameOrId || username === nameOrId,
  );
  if (!user) throw new NotAllowedError(`There is no user ${nameOrId}.`);
  return user.id;
}
