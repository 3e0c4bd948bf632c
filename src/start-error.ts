/** A process cannot start, and the message tells whoever runs it why and what to do. */
export class StartError extends Error {
  override name = "StartError";
}

/** Ends a process that could not start: the reason in one go, without a stack where the reason is known. */
export function exitWithReason(error: unknown, host: Pick<NodeJS.Process, "stderr" | "exit">): never {
  const reason =
    error instanceof StartError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  host.stderr.write(`hotdog-bot cannot start. ${reason}\n`);
  return host.exit(1);
}
