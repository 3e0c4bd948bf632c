import type { APIMessage } from "discord-api-types/v10";
import type { ClientInteraction, ClientMessage } from "../../client-protocol.ts";

/** The server's own words about a request it refused. */
export class Refusal extends Error {}

export async function postInteraction(interaction: ClientInteraction): Promise<void> {
  await post("/client/interactions", interaction);
}

export async function postMessage(channelId: string, message: ClientMessage): Promise<APIMessage> {
  const response = await post(`/client/channels/${encodeURIComponent(channelId)}/messages`, message);
  const posted: APIMessage = await response.json();
  return posted;
}

async function post(path: string, body: ClientInteraction | ClientMessage): Promise<Response> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Refusal(await reasonIn(response));
  return response;
}

async function reasonIn(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "message" in body && typeof body.message === "string") {
    return body.message;
  }
  return `${response.status} ${response.statusText}`;
}
