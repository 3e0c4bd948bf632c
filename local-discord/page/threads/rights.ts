import type { ClientChannel, ClientThread } from "../../src/client-protocol.ts";
import { channelType, permission } from "../discord.ts";

/** What a person may do with a thread. */
export interface ThreadRights {
  /** Whether they may post; that unarchives the thread. */
  post: boolean;
  archive: boolean;
  unarchive: boolean;
  /** Whether they may lock and unlock it. */
  lock: boolean;
  addMembers: boolean;
  removeMembers: boolean;
}

/** @see https://discord.com/developers/docs/topics/threads#permissions */
export function threadRights(thread: ClientThread, userId: string | undefined): ThreadRights {
  const { permissions } = thread;
  const manages = has(permissions, permission.manageThreads);
  const owns = thread.owner_id === userId;
  const isPrivate = thread.type === channelType.privateThread;
  const writes = has(permissions, permission.sendMessagesInThreads);
  const post = manages || (!thread.locked && writes);
  return {
    post,
    archive: manages || (owns && !thread.locked),
    unarchive: post,
    lock: !thread.archived && manages,
    addMembers: !thread.archived && (manages || ((thread.invitable || owns) && writes)),
    removeMembers: !thread.archived && (manages || (isPrivate && owns)),
  };
}

/** Which kinds of threads a person may create in a channel. */
export function creationRights({ permissions }: Pick<ClientChannel, "permissions">) {
  return {
    publicly: has(permissions, permission.createPublicThreads),
    privately: has(permissions, permission.createPrivateThreads),
    posts: has(permissions, permission.sendMessages),
  };
}

/** Whether permissions, as a number in text, include one. */
export function has(permissions: string, bit: bigint): boolean {
  return (BigInt(permissions) & bit) !== 0n;
}
