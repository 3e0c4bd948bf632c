import type { AskedChoices } from "./state.ts";

interface Sent {
  nonce: string;
  status?: "sending" | "failed" | "done";
  reason?: string | null;
}

export function removeSettled<T extends Sent>(sent: readonly T[], nonce: string): readonly T[] {
  return sent.filter((one) => one.nonce !== nonce);
}

export function markFailed<T extends Sent>(
  sent: readonly T[],
  nonce: string,
  reason: string | null,
): readonly T[] {
  return sent.map((one) => (one.nonce === nonce ? { ...one, status: "failed", reason } : one));
}

/** Marks pending attempts as failed, because their outcome is unknown after a lost connection. */
export function markAbandoned<T extends Sent>(sent: readonly T[]): readonly T[] {
  return sent.map((one) => (one.status === "sending" ? { ...one, status: "failed" } : one));
}

/** Marks the question for choices as failed if it has this nonce and no answer. */
export function failAsked(asked: AskedChoices | null, nonce: string | undefined): AskedChoices | null {
  return asked?.nonce === nonce && asked?.status === "loading" ? { ...asked, status: "failed" } : asked;
}
