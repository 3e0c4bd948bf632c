import type { ClientModal } from "../client-protocol.ts";
import type { Interaction } from "./interactions.ts";

/** A modal that a person is filling in. */
export interface OpenModal {
  modal: ClientModal;
  /** The interaction that the bot answered with the modal. */
  opener: Interaction;
  /** The last attempt to submit it. */
  submit: Interaction | null;
}

/** The open modals. A person has at most one. */
export interface Modals {
  /** Opens a modal for the person of the interaction, in place of the one that is open. */
  open(opener: Interaction, modal: ClientModal): void;
  /**
   * Returns the person's modal of this id if it is still open. A modal stays open while it is being submitted, and if that
   * fails.
   */
  find(userId: string, modalId: string): OpenModal | undefined;
  /** Closes the person's modal of this id. */
  close(userId: string, modalId: string): void;
}

export function modals(): Modals {
  const byUser = new Map<string, OpenModal>();

  function find(userId: string, modalId: string): OpenModal | undefined {
    const found = byUser.get(userId);
    return found?.modal.id === modalId && found.submit?.state !== "acknowledged" ? found : undefined;
  }
  return {
    open: (opener, modal) => void byUser.set(opener.user.id, { modal, opener, submit: null }),
    find,
    close(userId, modalId) {
      if (find(userId, modalId)) byUser.delete(userId);
    },
  };
}
