import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type APIInteraction, type APIPingInteraction, InteractionType } from "discord-api-types/v10";
import { onTestFinished } from "vitest";
import type { LocalDiscord, LocalDiscordOptions } from "../../src/start.ts";
import { startLocalDiscord } from "../../src/start.ts";

/** What the bot does with a request. */
type Handler = (interaction: Sent, response: ServerResponse) => void | Promise<void>;
type Sent = Exclude<APIInteraction, APIPingInteraction>;

/** A DER public key, up to the 32 bytes of an Ed25519 key. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function isSigned({ headers }: IncomingMessage, body: string, publicKey: string): boolean {
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, "hex")]),
    format: "der",
    type: "spki",
  });
  const signed = Buffer.from(String(headers["x-signature-timestamp"]) + body);
  return verify(null, signed, key, Buffer.from(String(headers["x-signature-ed25519"]), "hex"));
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Serves requests on a port that the system chooses, and returns the URL. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  port = 0,
): Promise<string> {
  const server = createServer(handle);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/interactions`;
}

/** Starts a bot that verifies signatures and answers PING, and returns the URL of its endpoint. */
export function startHttpBot(publicKey: () => string, handle: Handler, port?: number): Promise<string> {
  return serve((request, response) => {
    void text(request).then((body) => {
      if (!isSigned(request, body, publicKey())) return sendJson(response, "invalid request signature", 401);
      const interaction = JSON.parse(body) as APIInteraction;
      if (interaction.type === InteractionType.Ping) return sendJson(response, { type: 1 });
      return handle(interaction, response);
    });
  }, port);
}

/** Starts a local Discord. Its log is collected, because faults of the endpoint are in it. */
export async function openLogged(options: LocalDiscordOptions = {}) {
  const log: string[] = [];
  const discord = await startLocalDiscord({ log: (line) => void log.push(line), ...options });
  onTestFinished(() => discord.close());
  return { discord, log };
}

/** Sends a request of the bot to the API, and returns the status and the body. */
export async function callApi(discord: LocalDiscord, method: string, path: string, body?: unknown) {
  const response = await fetch(`${discord.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.botToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  return { status: response.status, body: answer === "" ? undefined : (JSON.parse(answer) as unknown) };
}

/** Registers the commands of a bot. */
export async function register(discord: LocalDiscord, ...commands: object[]): Promise<void> {
  const path = `/applications/${discord.applicationId}/commands`;
  const described = commands.map((command) => Object.assign({ description: "A command" }, command));
  const { status, body } = await callApi(discord, "PUT", path, described);
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** Starts a local Discord with such a bot, its endpoint and the command /ping. */
export async function joinHttpBot(handle: Handler, options: LocalDiscordOptions = {}) {
  const { discord, log } = await openLogged(options);
  const url = await startHttpBot(() => discord.publicKey, handle);
  await discord.setInteractionsUrl(url);
  await register(discord, { name: "ping" });
  return { discord, log, url };
}
