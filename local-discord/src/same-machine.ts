const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether a Host header names this machine; any other name may be a foreign page's, pointed here (DNS rebinding). */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && loopback.has(host.replace(/:\d+$/, "").toLowerCase());
}

/** Whether an Origin header, where there is one, names the very host asked. Programs other than browsers send none. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || origin === `http://${host}`;
}
