import { printableLines } from "./printable.ts";
import { withoutSecrets } from "./redact.ts";
import { describeError } from "./describe-error.ts";

/** A process cannot start, and the message tells whoever runs it why and what to do. */
export class StartError extends Error {
  override name = "StartError";
}

/** Said before the reason by a process that runs until it is told to stop: here it has not come so far. */
export const CANNOT_START = "hotdog-bot cannot start. ";

/**
 * Ends a process that could not start, or a command that failed: the reason in one go, without a stack where it is known.
 * @param before what is said before the reason
 */
export function exitWithReason(
  error: unknown,
  host: Pick<NodeJS.Process, "stderr" | "exit">,
  before = "",
): never {
  const reason =
    error instanceof StartError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? describeError(error))
        : String(error);
  host.stderr.write(`${before}${printableLines(withoutSecrets(reason))}\n`);
  return host.exit(1);
}
