import { StartError } from "../../platform/start-error.ts";

const DEFAULT_PORT = 6379;

export interface RedisAddress {
  /** Without user and password, so that it may be shown. */
  shown: string;
  host: string;
  port: number;
  /** Of the numbered databases of one server. */
  db: number;
  username: string | undefined;
  password: string | undefined;
  tls: boolean;
}

/** Reads `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS; undefined for everything else. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  const url = URL.parse(text);
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === "") return undefined;
  if (!/^(?:\/\d{0,6})?$/.test(url.pathname) || url.search !== "" || url.hash !== "") return undefined;
  const [username, password] = [decoded(url.username), decoded(url.password)];
  if (username === undefined || password === undefined) return undefined;
  const db = Number(url.pathname.slice(1));
  return {
    shown: `${url.protocol}//${url.host}/${db}`,
    // An IPv6 address stands in brackets.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port || DEFAULT_PORT),
    db,
    username: username || undefined,
    password: password || undefined,
    tls: url.protocol === "rediss:",
  };
}

/** @throws StartError when this is not the address of a Redis */
export function requireRedisUrl(text: string): RedisAddress {
  const address = parseRedisUrl(text);
  if (address !== undefined) return address;
  // The text itself may hold a password.
  throw new StartError(
    "The address of the queue is none of Redis; it looks like redis://:PASSWORD@HOST:6379/0.",
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
