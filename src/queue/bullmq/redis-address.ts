import { StartError } from "../../platform/start-error.ts";

const DEFAULT_PORT = 6379;

export interface RedisAddress {
  /** The address without user and password, for messages. */
  shown: string;
  host: string;
  port: number;
  /** Number of the database. */
  db: number;
  username: string | undefined;
  password: string | undefined;
  tls: boolean;
}

/** Parses `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS. Returns undefined for everything else. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  const url = URL.parse(text);
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "") return undefined;
  if (!/^(?:\/\d{0,6})?$/.test(url.pathname) || url.search !== "" || url.hash !== "") return undefined;
  const [username, password] = [decode(url.username), decode(url.password)];
  if (username === undefined || password === undefined) return undefined;
  const db = Number(url.pathname.slice(1));
  return {
    shown: `${url.protocol}//${url.host}/${db}`,
    // URL keeps the brackets of an IPv6 address.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port || DEFAULT_PORT),
    db,
    username: username || undefined,
    password: password || undefined,
    tls: url.protocol === "rediss:",
  };
}

/** @throws StartError when the text is not the URL of a Redis server */
export function requireRedisUrl(text: string): RedisAddress {
  const address = parseRedisUrl(text);
  if (address !== undefined) return address;
  // The text is not repeated, as it may contain a password.
  throw new StartError(
    "The address of the queue is not a Redis URL; it must look like redis://:PASSWORD@HOST:6379/0.",
  );
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
