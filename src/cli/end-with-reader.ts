/** When what reads our output has gone, as `head` does after ten lines, there is nobody left to write for. */
export function endWithReader(host: NodeJS.Process): void {
  host.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    // As a shell says of a program that SIGPIPE has ended.
    host.exit(128 + 13);
  });
}
