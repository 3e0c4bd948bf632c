import type { ClientNewThread, ClientThreadEdit } from "../../src/client-protocol.ts";
import { changeThreadMember, patchThread, postThread } from "../server/requests.ts";
import type { Action } from "../state/action.ts";
import type { ChannelDialog } from "../state/state.ts";

/** What a person can do with threads. */
export interface ThreadActions {
  show(channelId: string): void;
  openDialog(dialog: ChannelDialog): void;
  closeDialog(): void;
  /**
   * Creates a thread or post in the current channel, and returns its id. The page learns of it by GUILDS_UPDATE.
   * @throws RefusedError
   */
  createThread(thread: Omit<ClientNewThread, "user_id">, files: readonly File[]): Promise<string>;
  /** Changes a thread. A refusal is shown as a note. */
  editThread(threadId: string, changes: Omit<ClientThreadEdit, "user_id">): void;
  /** Adds a member to a thread, or removes one. A refusal is shown as a note. */
  setThreadMember(threadId: string, memberId: string, isMember: boolean): void;
}

export function makeThreadActions({
  userId,
  channelId,
  dispatch,
  noteRefusal,
}: {
  userId: string;
  channelId: string;
  dispatch: (action: Action) => void;
  noteRefusal: (error: unknown) => void;
}): ThreadActions {
  const by = { user_id: userId };
  return {
    show(id) {
      dispatch({ type: "channelChosen", channelId: id });
    },
    openDialog(dialog) {
      dispatch({ type: "dialogOpened", dialog });
    },
    closeDialog() {
      dispatch({ type: "dialogClosed" });
    },
    async createThread(thread, files) {
      const { id } = await postThread(channelId, { ...by, ...thread }, files);
      return id;
    },
    editThread(threadId, changes) {
      patchThread(threadId, { ...by, ...changes }).catch(noteRefusal);
    },
    setThreadMember(threadId, memberId, isMember) {
      changeThreadMember(isMember ? "PUT" : "DELETE", { threadId, memberId }, by).catch(noteRefusal);
    },
  };
}
