import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isIP } from "node:net";
import { describeError, errorCode } from "../../platform/describe-error.ts";
import { StartError } from "../../platform/start-error.ts";
import type { Readiness } from "./readiness.ts";

interface ServerOptions {
  host: string;
  /** Name of this machine, which requests may use as their Host. */
  hostname: string;
  /** With 0, the system chooses a free port. */
  port: number;
  readiness: Pick<Readiness, "report">;
  metrics: { contentType: string; metrics(): Promise<string> };
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const TEXT = "text/plain; charset=utf-8";
const UNKNOWN_HOST =
  "use an IP address, a name without dots, the name of this machine, or the name in HEALTH_HOST\n";

type Routes = ReadonlyMap<string, () => Promise<Answer>>;

/** Answers to any host. Its answer needs no protection against DNS rebinding, because it says only that the process runs. */
const LIVEZ = "/livez";

/**
 * Serves `/livez`, `/readyz` and `/metrics` to probes and Prometheus, below the address `url`.
 * @throws StartError when it cannot listen on this address
 */
export async function serveHealth(options: ServerOptions) {
  const { host, hostname, port, readiness, metrics } = options;
  const routes: Routes = new Map([
    [LIVEZ, async () => ({ status: 200, type: TEXT, body: "ok\n" })],
    ["/readyz", () => readyz(readiness)],
    ["/metrics", async () => ({ status: 200, type: metrics.contentType, body: await metrics.metrics() })],
  ]);
  const server = createServer((request, response) => {
    // Fails only when the client has closed the connection.
    respond(request, response, { routes, names: [host, hostname] }).catch(() => response.destroy());
  });
  const url = await listen(server, host, port);
  return {
    url,
    close: async (): Promise<void> => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readyz(readiness: ServerOptions["readiness"]): Promise<Answer> {
  const report = await readiness.report();
  const status = report.status === "ready" ? 200 : 503;
  return { status, type: "application/json", body: `${JSON.stringify(report)}\n` };
}

async function respond(
  { method = "", url = "", headers }: IncomingMessage,
  response: ServerResponse,
  { routes, names }: { routes: Routes; names: readonly string[] },
): Promise<void> {
  const path = url.replace(/\?.*$/s, "");
  const answer = routes.get(path);
  if (path !== LIVEZ && !isKnownHost(headers.host, names))
    return send(response, { status: 403, type: TEXT, body: UNKNOWN_HOST });
  if (answer === undefined) return send(response, { status: 404, type: TEXT, body: "not found\n" });
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return send(response, { status: 405, type: TEXT, body: "only GET and HEAD\n" });
  }
  return send(response, await answer());
}

/** Sends a response. For HEAD, Node leaves out the body. */
function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw new StartError(describeListenError(error, host, port), { cause: error });
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the health server has no port");
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

function describeListenError(error: unknown, host: string, port: number): string {
  const code = errorCode(error) ?? describeError(error);
  if (code === "EADDRINUSE")
    return `Port ${port} of ${host} is in use: set HEALTH_PORT to another port, or to 0 to let the system choose one.`;
  if (code === "EACCES")
    return `This user may not use port ${port} of ${host}: set HEALTH_PORT to 1024 or higher.`;
  return `Cannot listen on ${host} (${code}): set HEALTH_HOST to an address of this machine.`;
}

/**
 * Whether a Host header proves that a request does not come from a web page by DNS rebinding, that is, by a page whose owner points
 * the page's name at this machine. That name is public and has a dot, unlike an IP address, `localhost`, or the name of a container
 * or of a machine in the local network. Requests without the header do not come from browsers.
 * @param names other names of this machine
 */
function isKnownHost(header: string | undefined, names: readonly string[]): boolean {
  if (header === undefined) return true;
  const name = header.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  const isPrivate = !name.includes(".") || /\.(?:localhost|internal|local)$/.test(name);
  return isAddress || isPrivate || names.some((ours) => ours.toLowerCase() === name);
}
