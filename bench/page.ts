import { once } from "node:events";
import { z } from "zod";
import type { ClientCommandInteraction } from "../local-discord/src/client-protocol.ts";

const text = z.object({ data: z.string() });
const ready = z.object({
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

/** Milliseconds for an answer. */
const PATIENCE = 10_000;

interface Page {
  /** Sends a `/stats` and resolves with its answer. */
  ask(): Promise<void>;
}

/** The local Discord's page at this address, as a browser opens it. Rejects where something is missing or no bot is connected. */
export async function openPage(address: string): Promise<Page> {
  const socket = new WebSocket(new URL("client?user=ketchup", address.replace("http", "ws")));
  const [[first]] = await Promise.all([once(socket, "message"), fetchAll(address)]);
  const { user, guilds } = ready.parse(JSON.parse(text.parse(first).data)).d;
  return {
    async ask() {
      const answered = Promise.withResolvers<void>();
      socket.addEventListener("message", ({ data }) => {
        if (String(data).includes("3 · 5 · 8")) answered.resolve();
      });
      const late = setTimeout(() => answered.reject(new Error("/stats was not answered")), PATIENCE);
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
      clearTimeout(late);
      socket.close();
    },
  };
}

/** What a page or script names of its own server's: styles, scripts, and the libraries of the import map. */
const NAMED = /(?:href|src|from|import)[=\s]*"(\.{0,2}\/[^"]+)"|"(\/vendor\/[^"]+)"/g;

/** With all that it loads, in whichever order. */
async function fetchAll(address: string): Promise<void> {
  const begun = new Set<string>();
  async function follow(url: URL): Promise<void> {
    if (begun.has(url.href)) return;
    begun.add(url.href);
    const source = await (await get(url)).text();
    const named = [...source.matchAll(NAMED)].map(([, path, library]) => new URL(path ?? library ?? "", url));
    await Promise.all(named.map(follow));
  }
  await follow(new URL(address));
}

async function get(url: URL, how: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, how);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return response;
}
