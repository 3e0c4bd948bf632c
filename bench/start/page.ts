import { once } from "node:events";
import { z } from "zod";
import type { ClientCommandInteraction } from "../../local-discord/src/client-protocol.ts";

const textEvent = z.object({ data: z.string() });
const readyEvent = z.object({
  t: z.literal("READY"),
  d: z.object({
    user: z.object({ id: z.string() }),
    guilds: z.tuple(
      [z.object({ channels: z.tuple([z.object({ id: z.string() })], z.unknown()) })],
      z.unknown(),
    ),
    bot_online: z.literal(true),
  }),
});

const ANSWER_TIMEOUT_MS = 10_000;

interface Page {
  /** Sends a `/stats` and resolves when it is answered. */
  ask(): Promise<void>;
}

/** Opens the local Discord's page as a browser does. Rejects if a file is missing or no bot is connected. */
export async function openPage(address: string): Promise<Page> {
  const socket = new WebSocket(new URL("client?user=ketchup", address.replace("http", "ws")));
  const [[first]] = await Promise.all([once(socket, "message"), fetchAll(address)]);
  const { user, guilds } = readyEvent.parse(JSON.parse(textEvent.parse(first).data)).d;
  return {
    async ask() {
      const answered = Promise.withResolvers<void>();
      socket.addEventListener("message", ({ data }) => {
        if (String(data).includes("3 · 5 · 8")) answered.resolve();
      });
      const timeout = setTimeout(
        () => answered.reject(new Error("/stats was not answered")),
        ANSWER_TIMEOUT_MS,
      );
      const body: ClientCommandInteraction = {
        user_id: user.id,
        channel_id: guilds[0].channels[0].id,
        locale: "en-US",
        nonce: "1",
        type: 2,
        data: { id: "", name: "stats", type: 1, options: [{ name: "numbers", type: 3, value: "3 5 8" }] },
      };
      await get(new URL("client/interactions", address), { method: "POST", body: JSON.stringify(body) });
      await answered.promise;
      clearTimeout(timeout);
      socket.close();
    },
  };
}

/** References of a page or a script to files of the same server: styles, scripts, and the libraries of the import map. */
const REFERENCES = /(?:href|src|from|import)[=\s]*"(\.{0,2}\/[^"]+)"|"(\/vendor\/[^"]+)"/g;

/** Fetches the page and everything that it loads, recursively. */
async function fetchAll(address: string): Promise<void> {
  const requested = new Set<string>();
  async function follow(url: URL): Promise<void> {
    if (requested.has(url.href)) return;
    requested.add(url.href);
    const source = await (await get(url)).text();
    const references = [...source.matchAll(REFERENCES)].map(
      ([, path, library]) => new URL(path ?? library ?? "", url),
    );
    await Promise.all(references.map(follow));
  }
  await follow(new URL(address));
}

async function get(url: URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return response;
}
