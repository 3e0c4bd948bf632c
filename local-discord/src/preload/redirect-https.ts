import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { urlToHttpOptions } from "node:url";
import { localPath } from "./addresses.ts";

type Callback = (response: http.IncomingMessage) => void;
type Arguments = [
  where: string | URL | https.RequestOptions,
  ...rest: (https.RequestOptions | Callback | undefined)[],
];

/** Sends what `https`, and libraries that use it, send to Discord to this origin instead. */
export function redirectHttps(origin: string): void {
  const { request: realRequest } = https;
  function request(...args: Arguments): http.ClientRequest {
    const [options, callback] = readCall(args);
    const local = localOptions(options, origin);
    // Calls that are not redirected keep their arguments as they are.
    return local ? http.request(local, callback) : Reflect.apply(realRequest, https, args);
  }
  https.request = request;
  https.get = (...args: Arguments) => request(...args).end();
  // Named imports of ES modules see what was assigned only after this.
  syncBuiltinESMExports();
}

/** @see https://nodejs.org/api/https.html#httpsrequesturl-options-callback */
function readCall([where, ...rest]: Arguments): [https.RequestOptions, Callback | undefined] {
  const isAddress = typeof where === "string" || where instanceof URL;
  const fromUrl = isAddress ? urlToHttpOptions(new URL(where)) : where;
  const options = rest.find((each) => typeof each === "object") ?? {};
  return [{ ...fromUrl, ...options }, rest.find((each) => typeof each === "function")];
}

function localOptions(options: https.RequestOptions, origin: string): http.RequestOptions | undefined {
  const { hostname, port } = new URL(origin);
  const host = options.hostname ?? options.host ?? "";
  // Seyfert uses the host and path of the gateway's URL, but TLS and its port.
  const isGateway = host === hostname && options.port === undefined && options.path?.startsWith("/gateway");
  const path = isGateway ? options.path : localPath(host, options.path ?? "/");
  if (path === undefined || path === null) return undefined;
  // An agent or a connection of HTTPS would speak TLS.
  const {
    agent: _agent,
    createConnection: _createConnection,
    defaultPort: _port,
    headers = {},
    ...kept
  } = options;
  return { ...kept, protocol: "http:", host: hostname, hostname, port, path, headers: withoutHost(headers) };
}

function withoutHost(headers: NonNullable<http.RequestOptions["headers"]>) {
  if (Array.isArray(headers)) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "host"));
}
