import { withoutSecrets } from "../../platform/redact.ts";
import { printable } from "../../platform/printable.ts";
import { jobId, jobIn, type Job } from "../../jobs/job.ts";
import type { DeadLetter } from "../../queue/queue.ts";

/** What an operator is shown of a dead letter. What people typed and the tokens of their interactions stay out of it. */
interface Description {
  id: string;
  /** ISO 8601, UTC. */
  at: string | null;
  /** Null for what does not parse. */
  kind: Job["kind"] | null;
  /** The id of the interaction or message, which the person was told and the worker's log has. */
  reference: string | null;
  reason: string;
}

export function describeLetter({ id, body, reason, at }: DeadLetter): Description {
  const job = jobIn(body);
  return {
    id,
    at: at?.toISOString() ?? null,
    kind: job?.kind ?? null,
    reference: job === undefined ? null : jobId(job),
    reason: withoutSecrets(reason),
  };
}

/** One line for people. */
export function lineOf({ id, at, kind, reference, reason }: Description): string {
  return [id, at ?? "at some time", kind ?? "no job", reference ?? "-", reason].map(printable).join("  ");
}
