import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { onTestFinished } from "vitest";

interface GatewayInformation {
  /** Number of connections that Discord recommends. */
  shards?: number;
  /** The gateway's address. */
  url?: string;
}

/** Proxies the local Discord's API with different gateway information. @returns the base address */
export async function otherGateway(api: string, said: GatewayInformation): Promise<string> {
  const server = createServer((request, response) => void pass(request, response));

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "", headers } = request;
    const sent = method === "GET" ? {} : { body: await buffer(request) };
    const kept = ["authorization", "content-type"].flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])] as [string, string]],
    );
    const answer = await fetch(`${new URL(api).origin}${url}`, { method, headers: kept, ...sent });
    const body = (await answer.json()) as Record<string, unknown>;
    const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: said.shards ?? 1 };
    const changed = url.endsWith("/gateway/bot") ? { ...body, ...said, session_start_limit: limit } : body;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(changed));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}
