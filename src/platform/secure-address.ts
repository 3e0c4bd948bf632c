const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether nobody on the way can read or change what is sent there: https, or http within this machine. */
export function isSecureAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}

/** Whether the text is such an address, and names no user whose password would be sent along. */
export function isSecureUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isSecureAddress(url) && url.username === "" && url.password === "";
}
