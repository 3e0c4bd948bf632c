const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Whether nobody else can read or change data on the way to this address: https, or http on this machine. */
export function isSecureAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}

/** Whether a text is the URL of a secure address, without a user name or password. */
export function isSecureUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && isSecureAddress(url) && url.username === "" && url.password === "";
}
