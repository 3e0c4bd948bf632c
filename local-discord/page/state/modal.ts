import type { ClientEvent } from "../../src/client-protocol.ts";
import { removeSettled } from "./attempts.ts";
import { placeOf } from "./place.ts";
import type { OpenModal, Session, State } from "./state.ts";

/**
 * Opens a modal if this window has sent the interaction that it answers. It replaces one that is open, and a dialog. A button that opens a
 * modal is not marked as pressed.
 */
export function openModal(
  state: State,
  { nonce, modal }: Extract<ClientEvent, { t: "MODAL_CREATE" }>["d"],
): State {
  const isAnswered = (attempt: { nonce: string }) => attempt.nonce === nonce;
  const row = state.rows.find(isAnswered);
  const channelId = row?.channelId ?? state.channelId;
  if (channelId === null || (row === undefined && !state.presses.some(isAnswered))) return state;
  return {
    ...state,
    rows: removeSettled(state.rows, nonce),
    presses: removeSettled(state.presses, nonce),
    modal: { ...modal, channelId, submission: null },
    dialog: null,
  };
}

export function submitModal(modal: OpenModal | null, nonce: string): OpenModal | null {
  return modal && { ...modal, submission: { nonce, status: "sending", reason: null, errors: {} } };
}

/** Closes the modal if this was the nonce of its submission. */
export function settleSubmission(modal: OpenModal | null, nonce: string): OpenModal | null {
  return modal?.submission?.nonce === nonce ? null : modal;
}

export function failSubmission(
  modal: OpenModal | null,
  failure: { nonce: string; reason: string | null; errors?: Readonly<Record<string, string>> },
): OpenModal | null {
  if (modal?.submission?.nonce !== failure.nonce) return modal;
  const { nonce, reason, errors = {} } = failure;
  return { ...modal, submission: { nonce, status: "failed", reason, errors } };
}

/** Returns the modal after a lost connection: null if its channel is gone. The outcome of a pending submission is unknown. */
export function keepModal(modal: OpenModal | null, session: Session): OpenModal | null {
  if (modal === null || placeOf(session, modal.channelId) === undefined) return null;
  if (modal.submission?.status !== "sending") return modal;
  return failSubmission(modal, { nonce: modal.submission.nonce, reason: null });
}
