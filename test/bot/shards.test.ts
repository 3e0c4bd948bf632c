import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { startPlayground } from "../../playground/start.ts";
import { startBot } from "../../src/bot/bot.ts";
import { commands } from "../../src/commands/index.ts";
import { memoryLog } from "../logged.ts";

/** The API as a bot in many servers sees it: Discord recommends this many shards. */
async function recommending(shards: number, api: string): Promise<string> {
  const server = createServer((request, response) => void pass(request, response));

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "", headers } = request;
    const sent = method === "GET" ? {} : { body: await buffer(request) };
    const kept = ["authorization", "content-type"].flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])] as [string, string]],
    );
    const answer = await fetch(`${new URL(api).origin}${url}`, { method, headers: kept, ...sent });
    const body = (await answer.json()) as Record<string, unknown>;
    const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: shards };
    const changed = url.endsWith("/gateway/bot") ? { ...body, shards, session_start_limit: limit } : body;
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

it("opens as many gateway connections as Discord recommends", async () => {
  const playground = await startPlayground({ port: 0 });
  onTestFinished(() => playground.close());
  const bot = await startBot({
    token: playground.botToken,
    api: await recommending(2, playground.api),
    commands,
    jobs: { send: async () => {} },
    log: memoryLog().log,
  });
  onTestFinished(() => bot.stop());
  bot.check();
  const told = JSON.stringify(playground.traffic());
  expect(told).toContain('"shard":[0,2]');
  expect(told).toContain('"shard":[1,2]');
});
