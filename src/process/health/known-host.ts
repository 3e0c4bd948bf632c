import { isIP } from "node:net";

/**
 * Whether a Host header names this machine in a way that no web page can: a page whose name its owner points here (DNS
 * rebinding) asks under that name. Such a name has a dot and is public; an address, `localhost` and the names of a container,
 * a service or a machine in its own network are not. Who sends no header is no browser.
 * @param names further ones that are ours
 */
export function isKnownHost(header: string | undefined, names: readonly string[]): boolean {
  if (header === undefined) return true;
  const name = header.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  const isPrivate = !name.includes(".") || /\.(?:localhost|internal|local)$/.test(name);
  return isAddress || isPrivate || names.some((ours) => ours.toLowerCase() === name);
}
