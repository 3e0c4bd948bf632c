import type { Server } from "node:http";

/**
 * Listens on 127.0.0.1 and resolves with the port.
 * @throws Error with instructions when the port is taken
 */
export async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise.catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EADDRINUSE") throw cause;
    const advice =
      "Stop the program that listens on it, or choose another port with PLAYGROUND_PORT: 0 takes a free one.";
    throw new Error(`Port ${port} is in use. ${advice}`, { cause });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

export async function stopListening(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}
