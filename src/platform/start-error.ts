/** An expected reason why a process cannot start or a command fails. The message says why and what to do; no stack is shown. */
export class StartError extends Error {
  override name = "StartError";
}
