import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { StartError } from "../../platform/start-error.ts";
import { isKnownHost } from "./known-host.ts";
import type { Readiness } from "./readiness.ts";
import { describeError, errorCode } from "../../platform/describe-error.ts";

interface Options {
  host: string;
  /** Of this machine, for those who ask by name. */
  hostname: string;
  /** 0 lets the system choose. */
  port: number;
  readiness: Pick<Readiness, "report">;
  metrics: { contentType: string; metrics(): Promise<string> };
}

interface HealthServer {
  /** Base address. */
  url: string;
  close: () => Promise<void>;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const TEXT = "text/plain; charset=utf-8";

const UNKNOWN_HOST: Answer = {
  status: 403,
  type: TEXT,
  body: "ask by an address, a name without dots, the name of this machine, or the one in HEALTH_HOST\n",
};

type Routes = ReadonlyMap<string, () => Promise<Answer>>;

/** Says no more than that somebody answers, so any name will do. */
const LIVEZ = "/livez";

/**
 * Tells whoever watches over the process how it is: `/livez`, `/readyz`, `/metrics`.
 * @throws StartError when it cannot listen there
 */
export async function serveHealth({
  host,
  hostname,
  port,
  readiness,
  metrics,
}: Options): Promise<HealthServer> {
  const routes: Routes = new Map([
    [LIVEZ, async () => ({ status: 200, type: TEXT, body: "ok\n" })],
    ["/readyz", () => readyz(readiness)],
    ["/metrics", async () => ({ status: 200, type: metrics.contentType, body: await metrics.metrics() })],
  ]);
  const server = createServer((request, response) => {
    // A client that went away has nothing to be told.
    respond(request, response, { routes, names: [host, hostname] }).catch(() => response.destroy());
  });
  const url = await listen(server, host, port);
  return {
    url,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readyz(readiness: Pick<Readiness, "report">): Promise<Answer> {
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
  if (path !== LIVEZ && !isKnownHost(headers.host, names)) return send(response, UNKNOWN_HOST);
  if (answer === undefined) return send(response, { status: 404, type: TEXT, body: "not found\n" });
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return send(response, { status: 405, type: TEXT, body: "only GET and HEAD\n" });
  }
  return send(response, await answer());
}

/** To HEAD, Node sends the headers alone. */
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
    throw new StartError(reasonOf(error, host, port), { cause: error });
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the health server has no port");
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

function reasonOf(error: unknown, host: string, port: number): string {
  const code = errorCode(error) ?? describeError(error);
  if (code === "EADDRINUSE")
    return `Port ${port} of ${host} is taken: set HEALTH_PORT to another, or to 0 to let the system choose.`;
  if (code === "EACCES")
    return `Port ${port} of ${host} may not be used by this user: set HEALTH_PORT to one from 1024 up.`;
  return `Nothing can listen on ${host} (${code}): set HEALTH_HOST to an address of this machine.`;
}
