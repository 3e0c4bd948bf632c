const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether a Host header names this machine. Another name can belong to a foreign page (DNS rebinding). */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopback.has(host.replace(/:\d+$/, "").toLowerCase());
}

/** Whether an Origin header, if any, names the requested host. Only browsers send the header. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || origin === `http://${host}`;
}
