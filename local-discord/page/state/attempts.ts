import type { Press } from "./state.ts";

interface Sent {
  nonce: string;
  status?: "sending" | "failed";
  reason?: string | null;
}

export function removeSettled<T extends Sent>(sent: readonly T[], nonce: string): readonly T[] {
  return sent.filter((one) => one.nonce !== nonce);
}

/** A failed press is forgotten when its message is pressed again; one under way goes on. */
export function removeSettledPresses(presses: readonly Press[], messageId: string): readonly Press[] {
  return presses.filter((press) => press.messageId !== messageId || press.status === "sending");
}

export function markFailed<T extends Sent>(
  sent: readonly T[],
  nonce: string,
  reason: string | null,
): readonly T[] {
  return sent.map((one) => (one.nonce === nonce ? { ...one, status: "failed", reason } : one));
}

/** After a lost connection nobody will say any more what became of an interaction. */
export function markAbandoned<T extends Sent>(sent: readonly T[]): readonly T[] {
  return sent.map((one) => (one.status === "sending" ? { ...one, status: "failed" } : one));
}
