import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { DiscordHono, register } from "discord-hono";
import { BUTTON_ROW, CARD, COMMANDS, COMPONENTS_V2, FILE, MODAL, THINKING_MS } from "./parts.js";

const { CLIENT_ID, DISCORD_TOKEN, DISCORD_PUBLIC_KEY } = process.env;
const bot = new DiscordHono()
  .command("slow", (c) =>
    c.resDefer(async (later) => {
      await sleep(THINKING_MS);
      await later.followup("done");
    }),
  )
  .command("menu", (c) => c.res({ content: "Press", components: [BUTTON_ROW] }))
  .command("form", (c) => c.resModal(MODAL))
  .command("file", (c) => c.res({}, { blob: new Blob([FILE.text]), name: FILE.name }))
  .command("card", (c) => c.res({ flags: COMPONENTS_V2, components: [CARD] }))
  .component("press", (c) => c.update().res({ content: "Pressed", components: [] }))
  .modal("form", (c) => c.res(`You wrote: ${String(c.var.text)}`));

/** What the bot's host gives it: work that goes on after a response. */
const context = {
  waitUntil: (work) => void work.catch(console.error),
  passThroughOnException() {},
  props: {},
};

async function respond(incoming, outgoing) {
  const body = await Array.fromAsync(incoming);
  const request = new Request("http://127.0.0.1/", {
    method: incoming.method,
    headers: incoming.headers,
    ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
  });
  const response = await bot.fetch(
    request,
    { DISCORD_APPLICATION_ID: CLIENT_ID, DISCORD_TOKEN, DISCORD_PUBLIC_KEY },
    context,
  );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

await register(COMMANDS, CLIENT_ID, DISCORD_TOKEN);
const server = createServer((incoming, outgoing) => void respond(incoming, outgoing));
server.listen(0, "127.0.0.1", async () => {
  const response = await fetch("https://discord.com/api/v10/applications/@me", {
    method: "PATCH",
    headers: { authorization: `Bot ${DISCORD_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ interactions_endpoint_url: `http://127.0.0.1:${server.address().port}/` }),
  });
  if (!response.ok) throw new Error(await response.text());
});
