const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether nobody on the way can read or change what is sent there: https, or http within this machine. */
export function isSecureAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}
