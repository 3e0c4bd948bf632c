import { jobId, jobIn } from "../../jobs/job.ts";
import { printable, withoutSecrets } from "../../platform/safe-text.ts";
import type { DeadLetter, JobQueue } from "../../queue/queue.ts";
import type { Output } from "../progress-bar.ts";
import { UsageError, type Command } from "../run-command.ts";

const USAGE = `Usage: npm run dead-letters -- list [--json]
       npm run dead-letters -- retry [ID…]
       npm run dead-letters -- drop ID…

Manages the dead letters of the queue that QUEUE_URL names: jobs that failed five times, and jobs that no worker can read.

  list       print one line per dead letter: its id, when it failed, the kind of job, the reference that the person was given,
             and the reason
  retry      send the jobs with these ids, or all, to the queue again, with five new attempts
  drop       delete the jobs with these ids
  --json     list one JSON object per line
  --help     print this text
  --version  print the version

Settings: QUEUE_URL (docs/configuration.md).

Exit code: 0 on success, 1 when there is no dead letter with one of the ids, and after any error.
`;

interface DeadLetterAction {
  action: "list" | "retry" | "drop";
  /** For retry, none means all. */
  ids: string[];
  json: boolean;
}

const options = { json: { type: "boolean" } } as const;

export const deadLettersCommand: Command<typeof options, DeadLetterAction> = {
  usage: USAGE,
  options,
  takesPositionals: true,
  parse({ values: { json = false }, positionals: [action, ...ids] }) {
    if (action === undefined) throw new UsageError("An action is missing: list, retry or drop.");
    if (action !== "list" && action !== "retry" && action !== "drop")
      throw new UsageError(`Unknown action '${action}'.`);
    if (action === "list" && ids.length > 0) throw new UsageError("list takes no ids.");
    if (action === "drop" && ids.length === 0)
      throw new UsageError("drop needs the ids of dead letters, as list prints them.");
    if (action !== "list" && json) throw new UsageError("--json only works with list.");
    return { action, ids: [...new Set(ids)], json };
  },
};

/**
 * Lists, retries or drops dead letters, and prints what was done.
 * @returns the exit code
 */
export async function runDeadLetters(
  { action, ids, json }: DeadLetterAction,
  queue: JobQueue,
  { out, err }: { out: Output; err: Output },
): Promise<number> {
  if (action === "list") {
    const letters = (await queue.deadLetters()).map(describeDeadLetter);
    for (const letter of letters) out.write(`${json ? JSON.stringify(letter) : lineOf(letter)}\n`);
    if (letters.length === 0 && !json) out.write("There are no dead letters.\n");
    return 0;
  }
  const done =
    action === "retry"
      ? await queue.retryDeadLetters(ids.length === 0 ? undefined : ids)
      : await queue.dropDeadLetters(ids);
  const jobs = done.length === 1 ? "1 job was" : `${done.length} jobs were`;
  out.write(`${jobs} ${action === "retry" ? "sent again" : "dropped"}.\n`);
  const missing = ids.filter((id) => !done.includes(id));
  for (const id of missing)
    err.write(
      `There is no dead letter ${id}, or another process holds it at the moment. Use list to see all.\n`,
    );
  return missing.length === 0 ? 0 : 1;
}

/** What an operator sees of a dead letter: neither what people typed nor the tokens of their interactions. */
function describeDeadLetter({ id, body, reason, at }: DeadLetter) {
  const job = jobIn(body);
  return {
    id,
    at: at?.toISOString() ?? null,
    kind: job?.kind ?? null,
    // Id of the interaction or message, which the person was given and the worker's log names.
    reference: job === undefined ? null : jobId(job),
    reason: withoutSecrets(reason),
  };
}

function lineOf({ id, at, kind, reference, reason }: ReturnType<typeof describeDeadLetter>): string {
  return [id, at ?? "unknown time", kind ?? "no job", reference ?? "-", reason].map(printable).join("  ");
}
